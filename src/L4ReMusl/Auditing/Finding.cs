using L4ReMusl.Patching;

namespace L4ReMusl.Auditing;

/// <summary>The status of an advisory for a piece of software.</summary>
public enum FindingStatus
{
    /// <summary>Patches fix it.</summary>
    Fixed,

    /// <summary>It does no harm here.</summary>
    NotAffected,

    /// <summary>It is open.</summary>
    Affected,
}

/// <summary>A vulnerability in a piece of software, and its status.</summary>
/// <param name="Id">The vulnerability's name; that of the CVE, if it has one.</param>
/// <param name="Thing">The software.</param>
/// <param name="Status">The status.</param>
/// <param name="Statement">The reason in a sentence; if it is open, the remedy.</param>
public sealed record Finding(string Id, ShippedThing Thing, FindingStatus Status, string Statement)
{
    /// <summary>Other names of the vulnerability.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>A description in one line.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The day on which the advisory last changed.</summary>
    public DateTimeOffset Modified { get; init; }

    /// <summary>The patches that fix it.</summary>
    public IReadOnlyList<Patch> Patches { get; init; } = [];

    /// <summary>Why it does no harm, in OpenVEX's terms (see <see cref="Assessment.Justifications"/>).</summary>
    public string? Justification { get; init; }

    /// <summary>Permission to ship with it.</summary>
    public Waiver? Waiver { get; init; }

    /// <summary>Whether it needs action: it is affected, and has no waiver that is still valid.</summary>
    public bool IsOpen(DateOnly today) => Status == FindingStatus.Affected && (Waiver is null || Waiver.Until < today);
}
