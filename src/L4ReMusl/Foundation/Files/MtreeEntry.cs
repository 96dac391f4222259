namespace L4ReMusl.Foundation.Files;

/// <summary>What an entry of a tree is.</summary>
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
/// SHA-256 of a file, in lower-case hexadecimal, the target of a link, or the numbers of a device: <c>5:1</c>.
/// </param>
public sealed record MtreeEntry(string Path, EntryType Type, UnixFileMode Mode, long Size, string Content)
{
    /// <summary>Numbers of user and group, such as <c>0:0</c>; <see langword="null"/> where whoever unpacks the tree owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>The time of its content; <see langword="null"/> where it means nothing.</summary>
    public DateTimeOffset? Time { get; init; }
}
