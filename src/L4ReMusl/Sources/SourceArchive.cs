using L4ReMusl.Layout;

namespace L4ReMusl.Sources;

/// <summary>An archive of source code: what it is, where to find it, and how to verify it.</summary>
/// <param name="Name">The project, such as <c>musl</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Released">The day of its release, which is the time of all results: it changes when they do.</param>
/// <param name="FileName">The file's name upstream, in the cache and on mirrors.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="TopFolder">The single folder that contains everything in it.</param>
/// <param name="Urls">Its public URLs, in the order in which to try them.</param>
/// <param name="DebianPool">Its path below any mirror of Debian; <see langword="null"/> if Debian does not have it.</param>
/// <param name="Signature">How it is signed; <see langword="null"/> if it is not.</param>
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
    /// <summary>URLs of services that keep what mirrors delete, to be tried last.</summary>
    public IReadOnlyList<string> LastUrls { get; init; } = [];

    /// <summary>The first second of the day of release, in UTC.</summary>
    public DateTimeOffset Time => new(Released, TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>How an archive is signed: with a detached OpenPGP signature in a file beside it.</summary>
/// <param name="Suffix">The suffix that the signature's name adds to the archive's, such as <c>.asc</c>.</param>
/// <param name="KeyFile">The name of the public key's file in <see cref="BuildLayout.SigningKeys"/>.</param>
/// <param name="Fingerprint">The fingerprint of the primary key: 40 upper-case hexadecimal digits.</param>
public sealed record SourceSignature(string Suffix, string KeyFile, string Fingerprint)
{
    /// <summary>The first and last four digits of the fingerprint, for display.</summary>
    public string ShortFingerprint => $"{Fingerprint[..4]}…{Fingerprint[^4..]}";
}
