using L4ReMusl.Layout;

namespace L4ReMusl.Sources;

/// <summary>An archive of source code: what it is, where it lies, and how to know that it is the right one.</summary>
/// <param name="Name">The project, such as <c>musl</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Released">The day of its release, which results carry as their time: it changes when they do.</param>
/// <param name="FileName">The file's name upstream, in the cache and on mirrors.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="TopFolder">The one folder that holds everything in it.</param>
/// <param name="Urls">Where it lies in public, in the order in which to try.</param>
/// <param name="DebianPool">Where it lies below any mirror of Debian, or <see langword="null"/>.</param>
/// <param name="Signature">How it is signed, or <see langword="null"/>.</param>
public sealed record SourceArchive(
    string Name,
    string Version,
    DateOnly Released,
    string FileName,
    long Size,
    string Sha256,
    string TopFolder,
    IReadOnlyList<string> Urls,
    string? DebianPool,
    SourceSignature? Signature)
{
    /// <summary>The first second of the day of release, in UTC.</summary>
    public DateTimeOffset Time => new(Released, TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>How an archive is signed: a detached OpenPGP signature in a file next to it.</summary>
/// <param name="Suffix">What the signature's name adds to the archive's, such as <c>.asc</c>.</param>
/// <param name="KeyFile">The public key's file in <see cref="BuildLayout.SigningKeys"/>.</param>
/// <param name="Fingerprint">The primary key's fingerprint: 40 upper-case hexadecimal digits.</param>
public sealed record SourceSignature(string Suffix, string KeyFile, string Fingerprint)
{
    /// <summary>The fingerprint for people: its first and last four digits.</summary>
    public string ShortFingerprint => $"{Fingerprint[..4]}…{Fingerprint[^4..]}";
}
