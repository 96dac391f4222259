namespace L4ReMusl.CommandLine;

/// <summary>A target as users see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">One sentence that says what it does.</param>
/// <param name="Group">The heading under which the help shows it.</param>
public sealed record TargetInfo(string Name, string Description, string Group)
{
    /// <summary>Whether it runs if the user names no target.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Whether the help shows it. It can be invoked in any case.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>The names of the targets that must run before it.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>The names of the targets that run before it if both run.</summary>
    public IReadOnlyList<string> RunsAfter { get; init; } = [];
}
