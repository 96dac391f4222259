using L4ReMusl.CommandLine;

namespace L4ReMusl.Tests.CommandLine;

/// <summary>The command line of a small build.</summary>
static class SampleCommandLine
{
    public static CommandLineInfo Info { get; } = new(
        [
            new("FetchMusl", "Downloads the release.", "Sources"),
            new("CompileArm", "Compiles for arm.", "musl") { Dependencies = ["FetchMusl"] },
            new("CompileArm64", "Compiles for arm64.", "musl") { Dependencies = ["FetchMusl"] },
            new("LsbRoot", "Assembles the root.", "Root") { Dependencies = ["CompileArm", "CompileArm64"], IsDefault = true },
            new("Internal", "A step that nobody invokes.", "Root") { IsListed = false },
        ],
        [
            new("architectures", "Which to build.", "What to build", ParameterKind.List) { ValidValues = ["arm", "arm64"] },
            new("musl-version", "Which release.", "What to build", ParameterKind.Text) { Example = "1.2.5" },
            new("l4re-source", "The source tree of L4Re.", "What to build", ParameterKind.Text),
            new("jobs", "How many jobs at a time.", "How", ParameterKind.Text)
            {
                Placeholder = "N",
                Rule = ValueRule.WholeNumber(1, 1024),
            },
            new("mirrors", "Where archives come from.", "How", ParameterKind.List),
            new("offline", "Downloads nothing.", "How", ParameterKind.Flag),
        ]);

    public static IReadOnlyList<string> Problems(string commandLine) =>
        new ArgumentCheck(Info).Problems(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
