namespace L4ReMusl.Sources;

/// <summary>An archive in the local cache, checked against its SHA-256 in this run.</summary>
/// <param name="Archive">What it is.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Origin">Where it came from in this run: an address, a path, or <c>cache</c>.</param>
/// <param name="SignatureNote">What is known of its signature, such as <c>good (8364…450F)</c> or <c>not checked: no gpg</c>.</param>
public sealed record FetchedArchive(SourceArchive Archive, string Path, string Origin, string SignatureNote);
