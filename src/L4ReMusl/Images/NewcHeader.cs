using System.Globalization;
using System.Text;

namespace L4ReMusl.Images;

/// <summary>The header of an entry in a cpio archive of the format "newc" (cpio(5); Documentation/driver-api/early-userspace/buffer-format.rst).</summary>
/// <param name="Mode">Type and permission bits, as in <c>st_mode</c>.</param>
/// <param name="User">The number of the user.</param>
/// <param name="Group">The number of the group.</param>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Size">The size of the content in bytes, which is a link's target for links.</param>
/// <param name="NameSize">The size of the name in bytes, with the zero at its end.</param>
sealed record NewcHeader(uint Mode, uint User, uint Group, uint Time, uint Size, int NameSize)
{
    /// <summary>The numbers of the device that the entry is: major and minor.</summary>
    public (uint Major, uint Minor) Device { get; init; }

    /// <summary>The size of a header in bytes: "070701", and 13 numbers of eight hexadecimal digits.</summary>
    public const int Length = 110;

    /// <summary>The name of the entry that ends an archive.</summary>
    public const string End = "TRAILER!!!";

    const string Magic = "070701";
    const int FieldLength = 8, MaximumNameSize = 4096;

    /// <summary>The bits of <see cref="Mode"/> that tell the type.</summary>
    public uint Type => Mode & 0xf000;

    /// <summary>The number of bytes up to the content: names, and contents, end at multiples of four.</summary>
    public int PaddedNameSize => (int)Padded(Length + NameSize) - Length;

    /// <summary>The number of bytes of the content with its padding.</summary>
    public long PaddedSize => Padded(Size);

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static NewcHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.ASCII.GetString(bytes);
        if (!text.StartsWith(Magic, StringComparison.Ordinal) || !text[Magic.Length..].All(char.IsAsciiHexDigit))
            throw new InvalidDataException("there is no cpio header of the format newc where one must be");
        var fields = text[Magic.Length..].Chunk(FieldLength).Select(digits => uint.Parse(digits, NumberStyles.HexNumber)).ToArray();
        return fields[11] is > 1 and <= MaximumNameSize
            ? new NewcHeader(fields[1], fields[2], fields[3], fields[5], fields[6], (int)fields[11])
            {
                Device = (fields[9], fields[10]),
            }
            : throw new InvalidDataException($"a name in it has {fields[11]} bytes");
    }

    /// <summary>The header as it stands in an archive.</summary>
    /// <param name="number">The number of the entry, by which unpackers tell hard links.</param>
    public byte[] ToBytes(int number)
    {
        // Inode, mode, user, group, links, time, size, device that it lies on (two) and that it is (two), name's size, checksum.
        uint[] fields =
        [
            (uint)number, Mode, User, Group, Type == NewcReader.Folder ? 2u : 1u, Time, Size,
            0, 0, Device.Major, Device.Minor, (uint)NameSize, 0,
        ];
        return Encoding.ASCII.GetBytes($"{Magic}{string.Concat(fields.Select(field => field.ToString("x8", CultureInfo.InvariantCulture)))}");
    }

    static long Padded(long size) => (size + 3) & ~3L;
}
