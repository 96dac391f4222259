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
    /// <summary>The size of a header in bytes: "070701", and 13 numbers of eight hexadecimal digits.</summary>
    public const int Length = 110;

    /// <summary>The name of the entry that ends an archive.</summary>
    public const string End = "TRAILER!!!";

    const int MagicLength = 6, FieldLength = 8, LinkCountField = 4, MaximumNameSize = 4096;

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
        if (!text.StartsWith("070701", StringComparison.Ordinal) || !text[MagicLength..].All(char.IsAsciiHexDigit))
            throw new InvalidDataException("there is no cpio header of the format newc where one must be");
        var fields = text[MagicLength..].Chunk(FieldLength).Select(digits => uint.Parse(digits, NumberStyles.HexNumber)).ToArray();
        return fields[11] is > 1 and <= MaximumNameSize
            ? new NewcHeader(fields[1], fields[2], fields[3], fields[5], fields[6], (int)fields[11])
            : throw new InvalidDataException($"a name in it has {fields[11]} bytes");
    }

    /// <summary>Gives all folders of an archive the link count 2.</summary>
    /// <remarks>What file systems count as links of a folder differs, and cpio before 2.14 puts it into the archive.</remarks>
    public static void FixLinkCounts(string archive)
    {
        using var file = File.Open(archive, FileMode.Open, FileAccess.ReadWrite);
        var bytes = new byte[Length];
        for (long position = 0; ;)
        {
            file.Position = position;
            file.ReadExactly(bytes);
            var header = Parse(bytes);
            if (header.Mode == 0)
                return; // Only the last entry has no type.
            if (header.Type == NewcReader.Folder)
            {
                file.Position = position + MagicLength + (LinkCountField * FieldLength);
                file.Write("00000002"u8);
            }

            position += Length + header.PaddedNameSize + header.PaddedSize;
        }
    }

    static long Padded(long size) => (size + 3) & ~3L;
}
