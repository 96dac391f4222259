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
        let lines = File.ReadLines(file).Take(10).ToList()
        from architecture in Words(lines, "// arch:")
        from link in Words(lines, "// link:")
        select new object[] { Path.GetFileNameWithoutExtension(file), architecture, link };

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_bug_stays_fixed(string program, string architecture, string link)
    {
        var prefix = StagedPrefix.Of(architecture);
        prefix.Compile(Path.Combine(Folder, program + ".c"), temp["program"], link == "static" ? ["-static"] : []);

        var result = prefix.Run(temp["program"]);

        result.Should().Match<ToolResult>(r => r.Succeeded && r.Output.TrimEnd() == "ok", $"it said: {result.Output}{result.Error}");
    }

    static string[] Words(IEnumerable<string> lines, string field) =>
        lines.Single(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
