namespace L4ReMusl.Sources;

/// <summary>An archive in the local cache, checked against its SHA-256 in this run.</summary>
/// <param name="Archive">Its description.</param>
/// <param name="Path">Its path in the cache.</param>
/// <param name="Origin">Where it came from in this run: a URL, a path, or <c>cache</c>.</param>
/// <param name="SignatureNote">
/// The state of its signature, such as <c>good (8364…450F)</c> or <c>not checked: no gpg</c>.
/// </param>
public sealed record FetchedArchive(SourceArchive Archive, string Path, string Origin, string SignatureNote);
