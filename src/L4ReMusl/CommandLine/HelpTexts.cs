namespace L4ReMusl.CommandLine;

/// <summary>A line of the help that explains something to type, or a name.</summary>
/// <param name="Text">What to type, or the name.</param>
/// <param name="Explanation">What it does.</param>
public sealed record HelpLine(string Text, string Explanation);

/// <summary>The contents of the help besides targets and parameters.</summary>
public sealed record HelpTexts
{
    /// <summary>The command that starts the build, such as <c>./build.sh</c>.</summary>
    public required string Program { get; init; }

    /// <summary>One or two sentences: what this is.</summary>
    public required string Summary { get; init; }

    /// <summary>The few commands that most people need.</summary>
    public IReadOnlyList<HelpLine> MainCommands { get; init; } = [];

    /// <summary>Environment variables that the build reads, besides those of parameters.</summary>
    public IReadOnlyList<HelpLine> EnvironmentVariables { get; init; } = [];

    /// <summary>Complete commands, with what they do.</summary>
    public IReadOnlyList<HelpLine> Examples { get; init; } = [];

    /// <summary>Exit codes and their meanings.</summary>
    public IReadOnlyList<HelpLine> ExitCodes { get; init; } = [];

    /// <summary>Further reading.</summary>
    public IReadOnlyList<HelpLine> SeeAlso { get; init; } = [];
}
