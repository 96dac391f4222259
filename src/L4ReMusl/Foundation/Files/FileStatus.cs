using System.Runtime.InteropServices;

namespace L4ReMusl.Foundation.Files;

/// <summary>
/// What statx(2) says about a file. .NET does not tell FIFOs, sockets and device nodes from ordinary files, and opening one may
/// block forever.
/// </summary>
/// <param name="TypeAndMode">Type and permission bits, as in <c>st_mode</c>.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Major">The major number of a device node.</param>
/// <param name="Minor">The minor number of a device node.</param>
public sealed record FileStatus(int TypeAndMode, long Size, uint Major, uint Minor)
{
    // From <fcntl.h> and <linux/stat.h>. They and the layout of struct statx are the same for all architectures.
    const int CurrentFolder = -100, NoFollow = 0x100, BasicStatus = 0x7ff;
    const int StructureSize = 256, ModeOffset = 28, SizeOffset = 40, DeviceMajorOffset = 128, DeviceMinorOffset = 132;

    const int Pipe = 0x1, CharacterDevice = 0x2, BlockDevice = 0x6, RegularFile = 0x8, Socket = 0xc;

    /// <summary>Whether this is a regular file.</summary>
    public bool IsRegularFile => TypeAndMode >> 12 == RegularFile;

    /// <summary>The type as <c>mknod</c> takes it, <c>c</c> or <c>b</c>, if this is a device node.</summary>
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

    /// <summary>The status of a file; links are not followed.</summary>
    /// <returns>The status; <see langword="null"/> if no file has the name as .NET decoded it.</returns>
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
