using System.Globalization;
using System.Text;

namespace L4ReMusl.Images;

/// <summary>The header of an entry in a cpio archive of the format "newc".</summary>
/// <remarks>cpio(5); Documentation/driver-api/early-userspace/buffer-format.rst in Linux.</remarks>
/// <param name="Mode">Type and permission bits, as in <c>st_mode</c>.</param>
/// <param name="User">The user id.</param>
/// <param name="Group">The group id.</param>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Size">The size of the content in bytes; the content of a link is its target.</param>
/// <param name="NameSize">The size of the name in bytes, including the zero at its end.</param>
sealed record NewcHeader(uint Mode, uint User, uint Group, uint Time, uint Size, int NameSize)
{
    /// <summary>If the entry is a device: its major and minor number.</summary>
    public (uint Major, uint Minor) Device { get; init; }

    /// <summary>The size of a header in bytes: "070701", and 13 numbers of eight hexadecimal digits.</summary>
    public const int Length = 110;

    /// <summary>The name of the entry that ends an archive.</summary>
    public const string End = "TRAILER!!!";

    const string Magic = "070701";
    const int FieldLength = 8, MaximumNameSize = 4096;

    /// <summary>The type bits of <see cref="Mode"/>.</summary>
    public uint Type => Mode & 0xf000;

    /// <summary>The size of the name with its padding: names and contents are padded to multiples of four.</summary>
    public int PaddedNameSize => (int)Padded(Length + NameSize) - Length;

    /// <summary>The size of the content with its padding.</summary>
    public long PaddedSize => Padded(Size);

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidDataException">It is not a header of this format.</exception>
    public static NewcHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.ASCII.GetString(bytes);
        if (!text.StartsWith(Magic, StringComparison.Ordinal) || !text[Magic.Length..].All(char.IsAsciiHexDigit))
            throw new InvalidDataException("a cpio header of the format newc is missing or damaged");
        var fields = text[Magic.Length..]
            .Chunk(FieldLength)
            .Select(digits => uint.Parse(digits, NumberStyles.HexNumber))
            .ToArray();
        return fields[11] is > 1 and <= MaximumNameSize
            ? new NewcHeader(fields[1], fields[2], fields[3], fields[5], fields[6], (int)fields[11])
            {
                Device = (fields[9], fields[10]),
            }
            : throw new InvalidDataException($"a name in it has {fields[11]} bytes, but must have 2 to {MaximumNameSize}");
    }

    /// <summary>The bytes of the header in an archive.</summary>
    /// <param name="number">The inode number of the entry, by which unpackers recognize hard links.</param>
    public byte[] ToBytes(int number)
    {
        // Inode, mode, user, group, links, time, size, device that holds it (two numbers), device that it is (two numbers),
        // size of the name, checksum.
        uint[] fields =
        [
            (uint)number, Mode, User, Group, Type == NewcReader.Folder ? 2u : 1u, Time, Size,
            0, 0, Device.Major, Device.Minor, (uint)NameSize, 0,
        ];
        return Encoding.ASCII.GetBytes(
            Magic + string.Concat(fields.Select(field => field.ToString("x8", CultureInfo.InvariantCulture))));
    }

    static long Padded(long size) => (size + 3) & ~3L;
}
