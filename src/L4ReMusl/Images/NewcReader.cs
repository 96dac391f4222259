using System.Text;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Images;

/// <summary>Reads cpio archives of the format "newc", as Linux does when it unpacks an initramfs.</summary>
static class NewcReader
{
    /// <summary>The type of a folder in <see cref="NewcHeader.Type"/>.</summary>
    public const uint Folder = 0x4000;

    /// <summary>The type of a regular file in <see cref="NewcHeader.Type"/>.</summary>
    public const uint RegularFile = 0x8000;

    /// <summary>The type of a symbolic link in <see cref="NewcHeader.Type"/>.</summary>
    public const uint Link = 0xa000;

    /// <summary>The type of a character device in <see cref="NewcHeader.Type"/>.</summary>
    public const uint CharacterDevice = 0x2000;

    /// <summary>The type of a block device in <see cref="NewcHeader.Type"/>.</summary>
    public const uint BlockDevice = 0x6000;

    const int Permissions = 0xfff;

    /// <summary>Reads an archive up to its last entry.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has an entry that no root file system may have.</exception>
    /// <exception cref="EndOfStreamException">It is truncated.</exception>
    public static IReadOnlyList<ImageEntry> Read(Stream archive, ExtractedImage extracted)
    {
        while (true)
        {
            var header = NewcHeader.Parse(ReadBytes(archive, NewcHeader.Length));
            var name = Encoding.UTF8.GetString(ReadBytes(archive, header.PaddedNameSize).AsSpan(0, header.NameSize - 1));
            if (name == NewcHeader.End)
                return extracted.Finish();
            var content = ReadBytes(archive, header.PaddedSize).AsMemory(0, (int)header.Size);
            var entry = new ImageEntry(
                name == "." ? "/" : $"/{name}",
                EntryType.Folder,
                (UnixFileMode)(header.Mode & Permissions),
                $"{header.User}:{header.Group}",
                DateTimeOffset.FromUnixTimeSeconds(header.Time),
                0,
                "");
            switch (header.Type)
            {
                case Folder:
                    extracted.Add(entry);
                    break;
                case RegularFile:
                    extracted.Add(entry with { Type = EntryType.File }, new MemoryStream(content.ToArray()));
                    break;
                case Link:
                    extracted.Add(entry with { Type = EntryType.Link, Content = Encoding.UTF8.GetString(content.Span) });
                    break;
                case CharacterDevice or BlockDevice:
                    extracted.Add(entry with
                    {
                        Type = header.Type == BlockDevice ? EntryType.BlockDevice : EntryType.CharacterDevice,
                        Content = $"{header.Device.Major}:{header.Device.Minor}",
                    });
                    break;
                default:
                    throw new InvalidDataException($"'{entry.Path}' is not a file, folder, link or device");
            }
        }
    }

    static byte[] ReadBytes(Stream stream, long count)
    {
        if (count > Array.MaxLength)
            throw new InvalidDataException($"it has an entry of {count} bytes, which is too large");
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
