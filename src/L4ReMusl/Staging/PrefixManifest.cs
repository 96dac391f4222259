using L4ReMusl.Incremental;
using L4ReMusl.Manifests;

namespace L4ReMusl.Staging;

/// <summary>The list of everything in a prefix (see <see cref="Mtree"/>).</summary>
public static class PrefixManifest
{
    const UnixFileMode LinkMode = (UnixFileMode)0b111_111_111;

    /// <summary>The file's name; it does not list itself.</summary>
    public const string FileName = "manifest.mtree";

    /// <summary>Describes a tree, sorted by path.</summary>
    public static string Describe(string root) => Mtree.Describe(
        from entry in FileTree.List(root)
        where Path.GetFileName(entry.Path) != FileName
        select entry.LinkTarget is { } target ? new MtreeEntry(entry.Path, EntryType.Link, LinkMode, 0, target)
            : entry.IsFolder ? new MtreeEntry(entry.Path, EntryType.Folder, entry.Mode, 0, "")
            : new MtreeEntry(entry.Path, EntryType.File, entry.Mode, entry.Length, Fingerprint.Sha256OfFile(Path.Combine(root, entry.Path))));
}
