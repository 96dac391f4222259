namespace L4ReMusl.Foundation.Files;

/// <summary>A file, folder or symbolic link in a tree.</summary>
/// <param name="path">Its path below the tree's root.</param>
/// <param name="info">What the file system says about it.</param>
public sealed class FileTreeEntry(string path, FileSystemInfo info)
{
    /// <summary>The path below the tree's root, with slashes.</summary>
    public string Path => path;

    /// <summary>The target of a symbolic link, as the link has it; <see langword="null"/> for anything else.</summary>
    // The attributes are known after listing a folder; asking each file for a target would be one more system call.
    public string? LinkTarget { get; } = info.Attributes.HasFlag(FileAttributes.ReparsePoint) ? info.LinkTarget : null;

    /// <summary>Whether this is a folder (and not a link to one).</summary>
    public bool IsFolder => LinkTarget is null && info is DirectoryInfo;

    /// <summary>Whether this is a regular file (and not a link to one).</summary>
    public bool IsFile => LinkTarget is null && info is FileInfo;

    /// <summary>The size in bytes; zero for folders and links.</summary>
    public long Length => IsFile ? ((FileInfo)info).Length : 0;

    /// <summary>The permission bits.</summary>
    public UnixFileMode Mode => info.UnixFileMode;

    /// <summary>When its content was last written; for a link, when it was made.</summary>
    public DateTime LastWriteTimeUtc => info.LastWriteTimeUtc;

    /// <summary>Its full path.</summary>
    /// <param name="root">The tree's root, which is the entry itself if its path is empty.</param>
    public string In(string root) => path.Length > 0 ? System.IO.Path.Combine(root, path) : root;

    internal string Signature => LinkTarget is not null
        ? $"{path} -> {LinkTarget}"
        : $"{path} {Convert.ToString((int)info.UnixFileMode, 8)} {Length} {(IsFile ? info.LastWriteTimeUtc.Ticks : 0)}";
}
