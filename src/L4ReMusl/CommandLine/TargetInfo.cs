namespace L4ReMusl.CommandLine;

/// <summary>A target as a user sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">One sentence that says what it does.</param>
/// <param name="Group">The heading under which the help shows it.</param>
public sealed record TargetInfo(string Name, string Description, string Group)
{
    /// <summary>Whether it runs when the user names none.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Whether the help shows it. It can be invoked either way.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>The names of the targets that it needs to have run.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>The names of the targets that it runs after if they run as well.</summary>
    public IReadOnlyList<string> RunsAfter { get; init; } = [];
}
