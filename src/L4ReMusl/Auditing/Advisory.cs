namespace L4ReMusl.Auditing;

/// <summary>The relevant parts of an advisory in OSV's format.</summary>
/// <remarks>https://ossf.github.io/osv-schema/</remarks>
/// <param name="Id">Its name.</param>
/// <param name="Affected">The packages and repositories that it is about.</param>
public sealed record Advisory(string Id, IReadOnlyList<AffectedPackage> Affected)
{
    /// <summary>Other names of the same vulnerability.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The advisories that this one was made from, and which together are equivalent to it.</summary>
    /// <remarks>Advisories about a distribution's update name several.</remarks>
    public IReadOnlyList<string> Upstream { get; init; } = [];

    /// <summary>A description in one line.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The day of its last change.</summary>
    public DateTimeOffset Modified { get; init; }

    /// <summary>Whether it was withdrawn.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>The commits that its references call the fix, if their URLs name one.</summary>
    public IReadOnlyList<FixCommit> Fixes { get; init; } = [];

    /// <summary>The file that contains it.</summary>
    public string Origin { get; init; } = "";
}

/// <summary>A commit that is a fix, or part of one.</summary>
/// <param name="Repository">The URL of its repository, of which only host and path matter.</param>
/// <param name="Hash">Its hash, or the first digits of it.</param>
public sealed record FixCommit(string Repository, string Hash);

/// <summary>A package or repository that an advisory is about, and its affected versions.</summary>
/// <param name="Ecosystem">The package's origin, such as <c>Debian:12</c>; empty if it is only about a repository.</param>
/// <param name="Name">The package's name there.</param>
/// <param name="Purl">The package's URL; empty if there is none.</param>
/// <param name="Ranges">Ranges of affected versions.</param>
/// <param name="Versions">Affected versions, one by one.</param>
public sealed record AffectedPackage(
    string Ecosystem, string Name, string Purl, IReadOnlyList<AdvisoryRange> Ranges, IReadOnlyList<string> Versions);

/// <summary>The kind of versions in a range.</summary>
public enum RangeType
{
    /// <summary>Commits.</summary>
    Git,

    /// <summary>Semantic versions.</summary>
    Semver,

    /// <summary>Versions in the order of the package's ecosystem.</summary>
    Ecosystem,
}

/// <summary>Affected versions, as events at which a range begins or ends.</summary>
/// <param name="Type">The kind of versions.</param>
/// <param name="Repository">The repository of commits; empty otherwise.</param>
/// <param name="Events">The events, in any order.</param>
public sealed record AdvisoryRange(RangeType Type, string Repository, IReadOnlyList<RangeEvent> Events);

/// <summary>What happens at a version.</summary>
public enum RangeEventKind
{
    /// <summary>It is the first affected one.</summary>
    Introduced,

    /// <summary>It is the first version that is no longer affected.</summary>
    Fixed,

    /// <summary>It is the last affected one.</summary>
    LastAffected,

    /// <summary>The range excludes it and all later versions.</summary>
    Limit,
}

/// <summary>An event of a range.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Version">The version; <c>0</c> is before all others.</param>
public sealed record RangeEvent(RangeEventKind Kind, string Version);
