namespace L4ReMusl.Root;

/// <summary>What a line of a <see cref="PermissionTable"/> is about.</summary>
public enum PermissionKind
{
    /// <summary>A folder, made if it is not there.</summary>
    Folder,

    /// <summary>A file, which must be there.</summary>
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
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Its permission bits; without meaning for a link.</param>
/// <param name="Target">Where a link points, or the numbers of a device: <c>5:1</c>.</param>
public sealed record PermissionEntry(string Path, PermissionKind Kind, UnixFileMode Mode, string? Target)
{
    /// <summary>Whether it is a device node, which only images hold: to make one on this machine takes root.</summary>
    public bool IsDevice => Kind is PermissionKind.CharacterDevice or PermissionKind.BlockDevice;
}
