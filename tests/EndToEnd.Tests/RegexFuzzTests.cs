using System.Globalization;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Patching;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// tests/fuzz/musl/regex.c makes random patterns under an allocator that detects reads and writes outside of blocks. It finds
/// nothing in the staged libc, and finds the bugs if their fixes are taken out.
/// </summary>
public sealed class RegexFuzzTests : IDisposable
{
    /// <summary>Sets the number of patterns that <see cref="Random_patterns_do_no_harm"/> makes for each architecture.</summary>
    const string PatternsVariable = "L4RE_MUSL_FUZZ_PATTERNS";

    static readonly string Program = Path.Combine(RepositoryRoot.Path, "tests", "fuzz", "musl", "regex.c");

    static readonly string[] Sources = ["regcomp.c", "regexec.c", "tre-mem.c"];

    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Random_patterns_do_no_harm(string architecture)
    {
        var patterns = int.Parse(Environment.GetEnvironmentVariable(PatternsVariable) ?? "3000", CultureInfo.InvariantCulture);
        var program = Build(architecture);

        var result = Run(architecture, program, "1", $"{patterns}");

        result.Should().Match<ToolResult>(
            r => r.Succeeded && r.Output.StartsWith($"ok: {patterns} patterns", StringComparison.Ordinal),
            $"it said: {result.Output}{result.Error}");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Counters_that_would_wrap_around_are_refused(string architecture)
    {
        var result = Run(architecture, Build(architecture), "1", "5", "counters");

        result.Output.Should().StartWith("ok: 5 patterns, 0 compiled, 5 refused", $"it said: {result.Output}{result.Error}");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Without_the_check_of_the_counters_it_finds_the_write_outside(string architecture)
    {
        const string check = "if (n > INT_MAX - *counter)";
        FileTree.Copy(Path.Combine(Artefacts.Layout.MuslSource, "src", "regex"), temp["regex"]);
        var text = File.ReadAllText(temp["regex", "regcomp.c"]);
        text.Should().Contain(check);
        File.WriteAllText(temp["regex", "regcomp.c"], text.Replace(check, "if (0)", StringComparison.Ordinal));

        var result = Run(architecture, Build(architecture, temp["regex"]), "1", "1", "counters");

        result.Output.Should().Contain("FINDING in regcomp").And.Contain("memory outside of all blocks was touched");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void In_the_sources_as_released_it_finds_something(string architecture)
    {
        FileTree.Copy(Path.Combine(Artefacts.Layout.MuslSource, "src", "regex"), temp["released", "src", "regex"]);
        var version = File.ReadAllText(Path.Combine(Artefacts.Layout.MuslSource, "VERSION")).Trim();
        var series = PatchSeries.Read(Artefacts.Layout.MuslPatches(version));
        var patches = series.Patches
            .Where(patch => File.ReadAllText(patch.Path).Contains("+++ b/src/regex/", StringComparison.Ordinal));
        foreach (var patch in patches.Reverse())
        {
            Tools.OfHost.Run(new ToolInvocation("git", "apply", "-R", patch.Path)
            {
                WorkingDirectory = temp["released"],
                Environment = new Dictionary<string, string> { ["GIT_CEILING_DIRECTORIES"] = temp.Path },
            }).OrThrow($"take out {patch.FileName}");
        }

        // With most seeds the first finding is one of the patterns that take a minute, with this one a short one.
        var result = Run(architecture, Build(architecture, temp["released", "src", "regex"]), "29", "3000");

        result.Output.Should().Contain("FINDING in reg", $"it said: {result.Output}{result.Error}");
    }

    // With the functions of the staged libc or of other sources. "hidden" is a macro of musl's internal headers.
    string Build(string architecture, string? sources = null)
    {
        StagedPrefix.Of(architecture).Compile(Program, temp["fuzz"], sources == null
            ? ["-static"]
            : ["-static", "-w", "-Dhidden=", "-I", sources, .. Sources.Select(file => Path.Combine(sources, file))]);
        return temp["fuzz"];
    }

    static ToolResult Run(string architecture, string program, params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation(Artefacts.Named(architecture).QemuUser, [program, .. arguments]));
}
