using L4ReMusl.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Each program in tests/regressions/musl fails on the pristine release and passes with the patch that it covers.</summary>
public sealed class RegressionTests : IDisposable
{
    static readonly string Folder = Path.Combine(RepositoryRoot.Path, "tests", "regressions", "musl");

    readonly TempFolder temp = new();

    /// <summary>Program, architecture and kind of linking, as the programs' first lines say.</summary>
    public static IEnumerable<object[]> Cases =>
        from file in Directory.EnumerateFiles(Folder, "*.c").Order(StringComparer.Ordinal)
        from architecture in Words(file, "// arch:")
        from link in Words(file, "// link:")
        select new object[] { Path.GetFileNameWithoutExtension(file), architecture, link };

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_bug_stays_fixed(string program, string architecture, string link)
    {
        var prefix = StagedPrefix.Of(architecture);
        var source = Path.Combine(Folder, program + ".c");
        prefix.Compile(source, temp["program"], [.. Words(source, "// options:"), .. link == "static" ? ["-static"] : (string[])[]]);

        var result = Words(source, "// cpu:").SingleOrDefault() is { } cpu ? prefix.RunOn(cpu, temp["program"]) : prefix.Run(temp["program"]);

        result.Should().Match<ToolResult>(r => r.Succeeded && r.Output.TrimEnd() == "ok", $"it said: {result.Output}{result.Error}");
    }

    // The fields in front of the first line of code; those that are not there have no words.
    static string[] Words(string file, string field) =>
        [.. File.ReadLines(file).Take(10).Where(line => line.StartsWith(field, StringComparison.Ordinal))
            .SelectMany(line => line[field.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
