namespace L4ReMusl.Auditing;

/// <summary>An advisory in OSV's format, as far as it matters here.</summary>
/// <remarks>https://ossf.github.io/osv-schema/</remarks>
/// <param name="Id">Its name.</param>
/// <param name="Affected">What it is about.</param>
public sealed record Advisory(string Id, IReadOnlyList<AffectedPackage> Affected)
{
    /// <summary>Other names of the same vulnerability.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The advisories that this one was made of, and which together say the same.</summary>
    /// <remarks>An update of a distribution names several.</remarks>
    public IReadOnlyList<string> Upstream { get; init; } = [];

    /// <summary>What it is, in one line.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The day of its last change.</summary>
    public DateTimeOffset Modified { get; init; }

    /// <summary>Whether it was taken back.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>The commits that its references call the fix, as far as their addresses name one.</summary>
    public IReadOnlyList<FixCommit> Fixes { get; init; } = [];

    /// <summary>The file that it stands in.</summary>
    public string Origin { get; init; } = "";
}

/// <summary>A commit that is said to be a fix, or a part of it.</summary>
/// <param name="Repository">Where it is: an address, of which only host and path matter.</param>
/// <param name="Hash">Its hash; the first digits will do.</param>
public sealed record FixCommit(string Repository, string Hash);

/// <summary>A package or repository that an advisory is about, and its affected versions.</summary>
/// <param name="Ecosystem">Where the package is from, such as <c>Debian:12</c>; empty if it is about a repository alone.</param>
/// <param name="Name">The package's name there.</param>
/// <param name="Purl">The package's URL; empty if there is none.</param>
/// <param name="Ranges">Ranges of affected versions.</param>
/// <param name="Versions">Affected versions, one by one.</param>
public sealed record AffectedPackage(
    string Ecosystem, string Name, string Purl, IReadOnlyList<AdvisoryRange> Ranges, IReadOnlyList<string> Versions);

/// <summary>How the versions of a range are to be understood.</summary>
public enum RangeType
{
    /// <summary>Commits.</summary>
    Git,

    /// <summary>Semantic versions.</summary>
    Semver,

    /// <summary>Versions in the order of the package's ecosystem.</summary>
    Ecosystem,
}

/// <summary>Affected versions, as the events that begin and end their being so.</summary>
/// <param name="Type">How they are to be understood.</param>
/// <param name="Repository">The repository of commits; empty otherwise.</param>
/// <param name="Events">The events, in any order.</param>
public sealed record AdvisoryRange(RangeType Type, string Repository, IReadOnlyList<RangeEvent> Events);

/// <summary>What happens at a version.</summary>
public enum RangeEventKind
{
    /// <summary>It is the first affected one.</summary>
    Introduced,

    /// <summary>It is the first that is no longer affected.</summary>
    Fixed,

    /// <summary>It is the last affected one.</summary>
    LastAffected,

    /// <summary>Neither it nor any later one is meant.</summary>
    Limit,
}

/// <summary>An event of a range.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Version">Where; <c>0</c> is before all versions.</param>
public sealed record RangeEvent(RangeEventKind Kind, string Version);
