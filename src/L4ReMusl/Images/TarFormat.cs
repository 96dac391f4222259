using System.Formats.Tar;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;
using L4ReMusl.Sources;

namespace L4ReMusl.Images;

/// <summary>A tar archive in GNU's format, written and read by .NET itself.</summary>
public sealed class TarFormat : IImageFormat
{
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
        using var stream = File.Create(image);
        using var tar = new TreeTar(stream, context.Time);
        tar.AddFolder("./", FileModes.Program);
        tar.AddContent(tree, "./");
        foreach (var device in context.Devices)
        {
            var isBlock = device.Type == EntryType.BlockDevice;
            tar.AddDevice($".{device.Path}", isBlock, device.Mode, device.Major, device.Minor);
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
