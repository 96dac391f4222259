using L4ReMusl.Foundation.Files;
using L4ReMusl.Root;

namespace L4ReMusl.Images;

/// <summary>A device node in an image. Folders on the host have none, because only root can create one.</summary>
/// <param name="Path">Its path, beginning with a slash.</param>
/// <param name="Type">What kind of device it is.</param>
/// <param name="Mode">Its permission bits.</param>
/// <param name="Major">Its major number: the driver.</param>
/// <param name="Minor">Its minor number: the device of that driver.</param>
public sealed record DeviceNode(string Path, EntryType Type, UnixFileMode Mode, int Major, int Minor)
{
    /// <summary>The letter for the type, as <c>mknod</c> and similar tools take it.</summary>
    public char Letter => Type == EntryType.BlockDevice ? 'b' : 'c';

    /// <summary>The numbers as a permission table has them, such as <c>5:1</c>.</summary>
    public string Numbers => $"{Major}:{Minor}";

    /// <summary>The device nodes that a table declares.</summary>
    public static IReadOnlyList<DeviceNode> Of(PermissionTable table) =>
    [
        .. from entry in table.Entries
           where entry.IsDevice
           let numbers = entry.Target!.Split(':')
           select new DeviceNode(
               entry.Path,
               entry.Kind == PermissionKind.BlockDevice ? EntryType.BlockDevice : EntryType.CharacterDevice,
               entry.Mode,
               int.Parse(numbers[0]),
               int.Parse(numbers[1])),
    ];

    /// <summary>The node as it must be recorded in an image.</summary>
    public ImageEntry ToEntry(DateTimeOffset time) => new(Path, Type, Mode, ImageEntry.Root, time, 0, Numbers);
}
