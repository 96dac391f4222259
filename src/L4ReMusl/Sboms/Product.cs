using L4ReMusl.Auditing;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Images;

namespace L4ReMusl.Sboms;

/// <summary>A result of the build, as documents describe it.</summary>
/// <param name="Name">Its name, such as <c>l4re-musl-prefix</c>.</param>
/// <param name="Version">The version of musl in it.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="Variant">What distinguishes it from others of the same name, such as the image format; may be empty.</param>
/// <param name="Time">The time of its files, not the time when it was made.</param>
/// <param name="Things">The software in it.</param>
/// <param name="Files">Its files, if there are few; otherwise, it has a separate manifest.</param>
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

    /// <summary>The name of a document, derived from its content.</summary>
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
    /// <summary>Describes a file.</summary>
    public static ProductFile Of(string path) => new(Path.GetFileName(path), Fingerprint.Sha256OfFile(path));
}
