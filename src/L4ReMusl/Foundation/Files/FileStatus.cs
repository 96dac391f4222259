using System.Runtime.InteropServices;

namespace L4ReMusl.Foundation.Files;

/// <summary>
/// What statx(2) says of a file, and .NET does not: to it, FIFOs, sockets and device nodes are files like others, and opening one
/// may never end.
/// </summary>
/// <param name="TypeAndMode">Type and permission bits, as in <c>st_mode</c>.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Major">The major number of a device node.</param>
/// <param name="Minor">The minor number of a device node.</param>
public sealed record FileStatus(int TypeAndMode, long Size, uint Major, uint Minor)
{
    // From <fcntl.h> and <linux/stat.h>, where they are the same for all architectures, as is the layout of struct statx.
    const int CurrentFolder = -100, NoFollow = 0x100, BasicStatus = 0x7ff;
    const int StructureSize = 256, ModeOffset = 28, SizeOffset = 40, DeviceMajorOffset = 128, DeviceMinorOffset = 132;

    const int Pipe = 0x1, CharacterDevice = 0x2, BlockDevice = 0x6, RegularFile = 0x8, Socket = 0xc;

    /// <summary>Whether this is a regular file.</summary>
    public bool IsRegularFile => TypeAndMode >> 12 == RegularFile;

    /// <summary>The type of a line of <c>mknod</c>, <c>c</c> or <c>b</c>, if this is a device node.</summary>
    public char? DeviceType => (TypeAndMode >> 12) switch { CharacterDevice => 'c', BlockDevice => 'b', _ => null };

    /// <summary>The type in words.</summary>
    public string TypeName => (TypeAndMode >> 12) switch
    {
        Pipe => "a FIFO",
        Socket => "a socket",
        CharacterDevice => "a character device",
        BlockDevice => "a block device",
        RegularFile => "a file",
        _ => "of an unknown type",
    };

    /// <summary>Asks for the status of a file, and follows no link.</summary>
    /// <returns>The status; <see langword="null"/> if there is no such file, under the name as .NET decoded it.</returns>
    public static FileStatus? Of(string path)
    {
        var buffer = new byte[StructureSize];
        return statx(CurrentFolder, path, NoFollow, BasicStatus, buffer) != 0 ? null : new FileStatus(
            BitConverter.ToUInt16(buffer, ModeOffset),
            BitConverter.ToInt64(buffer, SizeOffset),
            BitConverter.ToUInt32(buffer, DeviceMajorOffset),
            BitConverter.ToUInt32(buffer, DeviceMinorOffset));
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int statx(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);
}
