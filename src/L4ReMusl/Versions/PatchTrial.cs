using L4ReMusl.Patching;

namespace L4ReMusl.Versions;

/// <summary>How a patch fits sources that it was not made for.</summary>
public enum PatchFit
{
    /// <summary>It applies unchanged.</summary>
    Applies,

    /// <summary>It applies at other lines; a copy with the new line numbers is made.</summary>
    Moved,

    /// <summary>It applies in reverse: the sources already have the change.</summary>
    Upstream,

    /// <summary>It does not apply, and its header says that this release has the fix, perhaps in another form.</summary>
    UpstreamByHeader,

    /// <summary>It does not apply.</summary>
    Conflict,
}

/// <summary>The result of trying a patch.</summary>
/// <param name="Patch">The patch.</param>
/// <param name="Fit">How it fits.</param>
/// <param name="Places">Where it does not fit, or only at other lines: files and hunks.</param>
/// <param name="IsDue">Whether its header says that this release has the fix.</param>
public sealed record PatchTrial(Patch Patch, PatchFit Fit, IReadOnlyList<string> Places, bool IsDue)
{
    /// <summary>Whether it becomes part of the release's series.</summary>
    public bool IsCarried => Fit is PatchFit.Applies or PatchFit.Moved;

    /// <summary>A line of the report.</summary>
    public override string ToString() => $"{Word(),-16} {Patch.FileName}{Details()}";

    string Word() => Fit switch
    {
        PatchFit.Applies => "applies",
        PatchFit.Moved => "applies, moved",
        PatchFit.Upstream => "is upstream",
        PatchFit.UpstreamByHeader => "superseded",
        _ => "CONFLICTS",
    };

    string Details() => Fit switch
    {
        PatchFit.Upstream => "",
        PatchFit.UpstreamByHeader => $": does not apply ({string.Join("; ", Places)}), and its header says '{Field}'",
        _ when IsCarried && IsDue => $": but its header says '{Field}'; check whether it is still needed{After(Places)}",
        _ => After(Places),
    };

    string Field => $"Applies-Until: {Patch.AppliesUntil}";

    static string After(IReadOnlyList<string> places) => places.Count == 0 ? "" : $": {string.Join("; ", places)}";
}
