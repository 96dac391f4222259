using L4ReMusl.Auditing;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Images;

namespace L4ReMusl.Sboms;

/// <summary>A result of the build, as documents describe it.</summary>
/// <param name="Name">What it is called, such as <c>l4re-musl-prefix</c>.</param>
/// <param name="Version">The version of musl in it.</param>
/// <param name="Architecture">What it is for.</param>
/// <param name="Variant">What tells it from others of the same name, such as the format of an image; may be empty.</param>
/// <param name="Time">The time that it carries: never that of the day on which it was made.</param>
/// <param name="Things">What is in it.</param>
/// <param name="Files">The files that it is, if those are few; otherwise it has a manifest of its own.</param>
public sealed record Product(
    string Name,
    string Version,
    string Architecture,
    string Variant,
    DateTimeOffset Time,
    IReadOnlyList<ShippedThing> Things,
    IReadOnlyList<ProductFile> Files)
{
    /// <summary>Its package URL.</summary>
    public string Purl => $"pkg:generic/{Name}@{Version}?arch={Architecture}{(Variant.Length > 0 ? $"&variant={Variant}" : "")}";

    /// <summary>A name for a document about it, which follows from what the document says.</summary>
    /// <param name="content">The document without its name.</param>
    public static string UrnOf(string content) => $"urn:uuid:{ContentUuid.Of(Fingerprint.Sha256(content))}";

    /// <summary>A time in the form that all documents use.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}

/// <summary>A file of a product.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
public sealed record ProductFile(string Name, string Sha256)
{
    /// <summary>Looks at a file.</summary>
    public static ProductFile Of(string path) => new(Path.GetFileName(path), Fingerprint.Sha256OfFile(path));
}
