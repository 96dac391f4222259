namespace L4ReMusl.Root;

/// <summary>The type of an entry in a <see cref="PermissionTable"/>.</summary>
public enum PermissionKind
{
    /// <summary>A folder, created if it does not exist.</summary>
    Folder,

    /// <summary>A file, which must exist.</summary>
    File,

    /// <summary>A relative symbolic link.</summary>
    Link,

    /// <summary>A character device.</summary>
    CharacterDevice,

    /// <summary>A block device.</summary>
    BlockDevice,
}

/// <summary>A line of a <see cref="PermissionTable"/>.</summary>
/// <param name="Path">The path in the root file system, beginning with a slash.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Mode">Its permission bits; meaningless for a link.</param>
/// <param name="Target">The target of a link, or the numbers of a device, such as <c>5:1</c>.</param>
public sealed record PermissionEntry(string Path, PermissionKind Kind, UnixFileMode Mode, string? Target)
{
    /// <summary>Whether it is a device node. Only images contain those, because only root can create one on the host.</summary>
    public bool IsDevice => Kind is PermissionKind.CharacterDevice or PermissionKind.BlockDevice;
}
