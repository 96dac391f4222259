namespace L4ReMusl.CommandLine;

/// <summary>The parameters that NUKE 10.1.0 itself understands.</summary>
/// <remarks>Source: <c>NukeBuild</c>, <c>ExecutionPlanner</c> and <c>Execution/Extensions</c> in NUKE's sources.</remarks>
public static class EngineParameters
{
    const string Group = "Running the build";

    /// <summary>The parameter that names targets, as positional arguments do.</summary>
    public static ParameterInfo Target { get; } = new(
        "target", "Targets to run; the same as naming them first.", Group, ParameterKind.Targets)
    {
        Key = "Target",
    };

    /// <summary>The parameter that names targets to leave out.</summary>
    public static ParameterInfo Skip { get; } = new("skip",
        "Targets to leave out; without a name, all that the named targets need.", Group, ParameterKind.Targets)
    {
        Key = "Skip",
        IsValueOptional = true,
    };

    /// <summary>All parameters of the engine.</summary>
    public static IReadOnlyList<ParameterInfo> All { get; } =
    [
        new("help", "Shows this page.", Group, ParameterKind.Flag) { Key = "Help" },
        new("plan",
            "Shows what would run, what would be skipped and why, and draws the graph, here and as an HTML page; runs nothing.",
            Group, ParameterKind.Flag)
        {
            Key = "Plan",
        },
        Target,
        Skip,
        new("continue", "Continues where the last, failed run of the same targets stopped.", Group, ParameterKind.Flag)
        {
            Key = "Continue",
        },
        new("verbosity", "How much to print.", Group, ParameterKind.Text)
        {
            Key = "Verbosity",
            Placeholder = "LEVEL",
            Default = "Normal",
            ValidValues = ["Verbose", "Normal", "Minimal", "Quiet"],
        },
        new("no-logo", "Leaves out the logo.", Group, ParameterKind.Flag) { Key = "NoLogo" },
        new("profile", "Also reads parameters from .nuke/parameters.NAME.json.", Group, ParameterKind.List)
        {
            Key = "Profile",
            Placeholder = "NAME",
            IsReadFromFiles = false,
            Example = "ci",
        },
        new("root", "The repository, if the current folder is not in it; without a value, the current folder.",
            Group, ParameterKind.Text)
        {
            Key = "Root",
            Placeholder = "FOLDER",
            IsReadFromFiles = false,
            IsValueOptional = true,
        },
        new("host", "CI system to write the log for.", Group, ParameterKind.Text)
        {
            Key = "Host",
            Placeholder = "SYSTEM",
            Default = "the one that it runs on",
            IsReadFromFiles = false,
            ValidValues = ["Terminal", "GitHubActions", "AzurePipelines"],
        },
        Hidden("partition", ParameterKind.Text),
        Hidden("strict", ParameterKind.Flag),
        Hidden("generate-configuration", ParameterKind.Text),
        Hidden("visual-studio-debug", ParameterKind.Flag),
        Hidden("shell-completion", ParameterKind.Flag),
    ];

    static ParameterInfo Hidden(string name, ParameterKind kind) =>
        new(name, "", Group, kind) { IsListed = false, IsReadFromFiles = false };
}
