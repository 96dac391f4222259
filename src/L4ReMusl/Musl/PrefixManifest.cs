using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Musl;

/// <summary>The list of everything in a prefix except the documents about it (see <see cref="Mtree"/>).</summary>
public static class PrefixManifest
{
    const UnixFileMode LinkMode = (UnixFileMode)0b111_111_111;

    /// <summary>The file's name; it does not list itself.</summary>
    public const string FileName = "manifest.mtree";

    /// <summary>The last step of making a prefix: sets the modes of its folders, and writes the list.</summary>
    public static void Seal(string root)
    {
        foreach (var folder in FileTree.List(root).Where(entry => entry.IsFolder))
            File.SetUnixFileMode(Path.Combine(root, folder.Path), FileModes.Program);
        File.SetUnixFileMode(root, FileModes.Program);
        FileModes.WriteFile(Path.Combine(root, "share", "l4re-musl", FileName), Describe(root));
    }

    /// <summary>Describes a tree, sorted by path.</summary>
    public static string Describe(string root) => Mtree.Describe(
        from entry in FileTree.List(root)
        where Path.GetFileName(entry.Path) != FileName && !FileTree.IsWithin(entry.Path, PrefixContract.Documents)
        select entry.LinkTarget is { } target ? new MtreeEntry(entry.Path, EntryType.Link, LinkMode, 0, target)
            : entry.IsFolder ? new MtreeEntry(entry.Path, EntryType.Folder, entry.Mode, 0, "")
            : new MtreeEntry(
                entry.Path, EntryType.File, entry.Mode, entry.Length, Fingerprint.Sha256OfFile(Path.Combine(root, entry.Path))));
}
