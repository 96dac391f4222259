using L4ReMusl.Patching;

namespace L4ReMusl.Auditing;

/// <summary>What an advisory comes to in a thing.</summary>
public enum FindingStatus
{
    /// <summary>Patches fix it.</summary>
    Fixed,

    /// <summary>It does no harm here.</summary>
    NotAffected,

    /// <summary>It is open.</summary>
    Affected,
}

/// <summary>An advisory that is about a thing, and what became of it.</summary>
/// <param name="Id">The vulnerability's name: that of the CVE, if it has one.</param>
/// <param name="Thing">The thing.</param>
/// <param name="Status">What it comes to.</param>
/// <param name="Statement">Why, in a sentence; of an open one, its remedy.</param>
public sealed record Finding(string Id, ShippedThing Thing, FindingStatus Status, string Statement)
{
    /// <summary>Other names of the vulnerability.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What it is, in one line.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The day on which the advisory last changed.</summary>
    public DateTimeOffset Modified { get; init; }

    /// <summary>The patches that fix it.</summary>
    public IReadOnlyList<Patch> Patches { get; init; } = [];

    /// <summary>Why it does no harm, in OpenVEX's words (see <see cref="Assessment.Justifications"/>).</summary>
    public string? Justification { get; init; }

    /// <summary>Leave to ship with it.</summary>
    public Waiver? Waiver { get; init; }

    /// <summary>Whether it has to be dealt with: it is open, and nobody has given leave to ship with it any longer.</summary>
    public bool IsOpen(DateOnly today) => Status == FindingStatus.Affected && (Waiver is null || Waiver.Until < today);
}
