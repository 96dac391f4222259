namespace L4ReMusl.Foundation.Files;

/// <summary>The type of an entry.</summary>
public enum EntryType
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A character device.</summary>
    CharacterDevice,

    /// <summary>A block device.</summary>
    BlockDevice,
}

/// <summary>A line of a manifest.</summary>
/// <param name="Path">The path below the tree's root; <c>.</c> for the root itself.</param>
/// <param name="Type">What it is.</param>
/// <param name="Mode">Its permission bits.</param>
/// <param name="Size">A file's size in bytes.</param>
/// <param name="Content">
/// SHA-256 of a file, in lower-case hexadecimal; the target of a link; or the numbers of a device, such as <c>5:1</c>.
/// </param>
public sealed record MtreeEntry(string Path, EntryType Type, UnixFileMode Mode, long Size, string Content)
{
    /// <summary>
    /// The ids of user and group, such as <c>0:0</c>; <see langword="null"/> if the user who unpacks the tree owns it.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>The modification time; <see langword="null"/> if it has no meaning.</summary>
    public DateTimeOffset? Time { get; init; }
}
