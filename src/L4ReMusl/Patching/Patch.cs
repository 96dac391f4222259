using System.Text.RegularExpressions;

namespace L4ReMusl.Patching;

/// <summary>A patch, and what its header says about it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Subject">What it does, in one line.</param>
/// <param name="Why">What goes wrong without it.</param>
/// <param name="Reference">Where it comes from: an upstream commit, a mail, an advisory.</param>
/// <param name="AppliesUntil">When it becomes obsolete, such as the release that includes it.</param>
/// <param name="Cves">The vulnerabilities that it closes.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
public sealed partial record Patch(
    string Path, string Subject, string Why, string? Reference, string? AppliesUntil, IReadOnlyList<string> Cves, string Sha256)
{
    /// <summary>The file's name, which stands for the patch in the series and in messages.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>The commits that <see cref="Reference"/> names, in its order: full hashes, or their first eight digits.</summary>
    public IReadOnlyList<string> Commits => [.. Commit().Matches(Reference ?? "").Select(match => match.Value)];

    [GeneratedRegex(@"\b[0-9a-f]{8}(?:[0-9a-f]{32})?\b")]
    private static partial Regex Commit();
}
