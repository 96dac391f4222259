using L4ReMusl.Sboms;

namespace L4ReMusl.Packs;

/// <summary>The folder of a pack.</summary>
static class PackFolder
{
    /// <summary>Its files, with their sums, in ordinal order.</summary>
    public static IReadOnlyList<ProductFile> FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(ProductFile.Of)];
}
