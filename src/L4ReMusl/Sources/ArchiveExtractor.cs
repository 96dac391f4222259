using System.Formats.Tar;
using ICSharpCode.SharpZipLib;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Sources;

/// <summary>
/// Extracts source archives. It refuses any that would write outside their folder, or create anything but files, folders and
/// links.
/// </summary>
/// <remarks>
/// SharpZipLib decompresses; .NET's own <see cref="TarReader"/> reads the entries, because SharpZipLib's <c>TarInputStream</c>
/// silently skips what it does not know (device nodes, long link names) and fills truncated files with zeros
/// (TarInputStream.cs and TarBuffer.cs, 1.4).
/// </remarks>
/// <param name="maximumSize">The maximum unpacked size of an archive, in bytes.</param>
public sealed class ArchiveExtractor(long maximumSize = 1L << 30)
{
    /// <summary>Extracts an archive without its top folder. If it fails, it leaves nothing behind.</summary>
    /// <param name="archivePath">The archive; its suffix determines the format.</param>
    /// <param name="topFolder">The folder that must hold every entry.</param>
    /// <param name="target">The folder to make; it must not exist.</param>
    /// <returns>The number of files and links.</returns>
    /// <exception cref="BuildException">The archive is damaged, or has an entry that is refused.</exception>
    public int Extract(string archivePath, string topFolder, string target)
    {
        var name = Path.GetFileName(archivePath);
        if (Path.Exists(target))
            throw new BuildException($"{name} cannot be extracted to {target}, which already exists; delete it.");
        try
        {
            return Extract(archivePath, new ExtractedTree(name, topFolder, target));
        }
        catch (Exception e)
        {
            FileTree.Delete(target);
            throw e switch
            {
                // Flipped bits make SharpZipLib's decoders leave their tables, and give times that no file can have.
                InvalidDataException or EndOfStreamException or SharpZipBaseException or FormatException
                    or IndexOutOfRangeException or ArgumentException =>
                    new BuildException(
                        $"{name} is damaged, or not an archive that this build can read: {e.Message.TrimEnd('.')}. "
                        + "Delete it, and fetch it again.",
                        e),
                IOException or UnauthorizedAccessException =>
                    new BuildException($"{name} could not be extracted to {target}: {e.Message}", e),
                _ => e,
            };
        }
    }

    int Extract(string archivePath, ExtractedTree tree)
    {
        using var stream = new BoundedStream(Decompressor.Open(archivePath), maximumSize);
        using var reader = new TarReader(stream, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType != TarEntryType.GlobalExtendedAttributes)
                stream.Spend(tree.Add(entry));
        }

        // Zero blocks end an archive. If the reader got to the end of the stream, there were none.
        if (stream.HasEnded)
            throw new EndOfStreamException("its end is missing");
        stream.Drain();
        return tree.Finish();
    }
}
