using System.Formats.Tar;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;
using L4ReMusl.Sources;

namespace L4ReMusl.Images;

/// <summary>A tar archive in GNU's format, written and read by .NET itself.</summary>
/// <remarks>It is not in the newer pax format, because .NET writes its process id into that.</remarks>
public sealed class TarFormat : IImageFormat
{
    const string User = "root";
    const long MaximumSize = 4L << 30;

    /// <inheritdoc/>
    public string Name => "tar";

    /// <inheritdoc/>
    public string Suffix => ".tar";

    /// <inheritdoc/>
    public IReadOnlyList<HostTool> Tools => [];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Inputs(ImageContext context) => [];

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Write(string tree, string image, ImageContext context)
    {
        using var writer = new TarWriter(File.Create(image), TarEntryFormat.Gnu);
        writer.WriteEntry(Entry(TarEntryType.Directory, "./", FileModes.Program, context.Time));
        foreach (var file in FileTree.List(tree))
        {
            var entry = file switch
            {
                { LinkTarget: { } target } =>
                    Entry(TarEntryType.SymbolicLink, $"./{file.Path}", ImageEntry.LinkMode, context.Time, target),
                { IsFolder: true } => Entry(TarEntryType.Directory, $"./{file.Path}/", file.Mode, context.Time),
                _ => Entry(TarEntryType.RegularFile, $"./{file.Path}", file.Mode, context.Time),
            };
            using var content = file.IsFile ? File.OpenRead(Path.Combine(tree, file.Path)) : null;
            if (content is not null)
                entry.DataStream = content;
            writer.WriteEntry(entry);
        }

        foreach (var device in context.Devices)
        {
            var entry = Entry(
                device.Type == EntryType.BlockDevice ? TarEntryType.BlockDevice : TarEntryType.CharacterDevice,
                $".{device.Path}", device.Mode, context.Time);
            (entry.DeviceMajor, entry.DeviceMinor) = (device.Major, device.Minor);
            writer.WriteEntry(entry);
        }

        return [];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ImageEntry> Read(string image, string folder, ToolRunner tools)
    {
        try
        {
            var extracted = new ExtractedImage(folder);
            using var stream = new BoundedStream(File.OpenRead(image), MaximumSize);
            using var reader = new TarReader(stream, leaveOpen: true);
            while (reader.GetNextEntry() is { } entry)
                Extract(entry, extracted);

            // Zero blocks end an archive. If the reader got to the end of the stream, there were none.
            return stream.HasEnded ? throw new EndOfStreamException("its end is missing") : extracted.Finish();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException or ArgumentException)
        {
            throw new BuildException($"The image '{image}' cannot be read: {e.Message.TrimEnd('.')}; delete and rebuild it.", e);
        }
    }

    static GnuTarEntry Entry(TarEntryType type, string name, UnixFileMode mode, DateTimeOffset time, string? target = null)
    {
        var entry = new GnuTarEntry(type, name)
        {
            Uid = 0,
            Gid = 0,
            UserName = User,
            GroupName = User,
            Mode = mode,
            ModificationTime = time,
        };
        if (target is not null)
            entry.LinkName = target;
        return entry;
    }

    static void Extract(TarEntry entry, ExtractedImage extracted)
    {
        var found = new ImageEntry(
            "/" + (entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name).TrimEnd('/'),
            EntryType.Folder,
            entry.Mode,
            $"{entry.Uid}:{entry.Gid}",
            entry.ModificationTime,
            0,
            "");
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                extracted.Add(found);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                extracted.Add(found with { Type = EntryType.File }, entry.DataStream ?? Stream.Null);
                break;
            case TarEntryType.SymbolicLink:
                extracted.Add(found with { Type = EntryType.Link, Content = entry.LinkName });
                break;
            case TarEntryType.CharacterDevice or TarEntryType.BlockDevice when entry is PosixTarEntry device:
                extracted.Add(found with
                {
                    Type = entry.EntryType == TarEntryType.BlockDevice ? EntryType.BlockDevice : EntryType.CharacterDevice,
                    Content = $"{device.DeviceMajor}:{device.DeviceMinor}",
                });
                break;
            default:
                throw new InvalidDataException($"'{entry.Name}' is not a file, folder, link or device");
        }
    }
}
