namespace L4ReMusl.CommandLine;

/// <summary>A line of the help that shows something to type, or a name, and explains it.</summary>
/// <param name="Text">What is typed, or the name.</param>
/// <param name="Explanation">What it does.</param>
public sealed record HelpLine(string Text, string Explanation);

/// <summary>What the help says beyond targets and parameters.</summary>
public sealed record HelpTexts
{
    /// <summary>The command that starts the build, such as <c>./build.sh</c>.</summary>
    public required string Program { get; init; }

    /// <summary>One or two sentences: what this is.</summary>
    public required string Summary { get; init; }

    /// <summary>The few commands that most people need.</summary>
    public IReadOnlyList<HelpLine> MainCommands { get; init; } = [];

    /// <summary>Environment variables that the build reads, besides those that parameters have.</summary>
    public IReadOnlyList<HelpLine> EnvironmentVariables { get; init; } = [];

    /// <summary>Whole commands with what they are good for.</summary>
    public IReadOnlyList<HelpLine> Examples { get; init; } = [];

    /// <summary>Exit codes and their meanings.</summary>
    public IReadOnlyList<HelpLine> ExitCodes { get; init; } = [];

    /// <summary>Where to read on.</summary>
    public IReadOnlyList<HelpLine> SeeAlso { get; init; } = [];
}
