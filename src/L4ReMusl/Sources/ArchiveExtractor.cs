using System.Formats.Tar;
using ICSharpCode.SharpZipLib;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Sources;

/// <summary>Extracts source archives, and refuses those that would write outside their folder or make anything but files.</summary>
/// <remarks>
/// SharpZipLib decompresses; the entries are read with .NET's own <see cref="TarReader"/>, because SharpZipLib's
/// <c>TarInputStream</c> silently skips what it does not know (device nodes, long link names) and fills a file that ends too early
/// with zeros (TarInputStream.cs and TarBuffer.cs, 1.4).
/// </remarks>
/// <param name="maximumSize">The most bytes that an archive may unpack to.</param>
public sealed class ArchiveExtractor(long maximumSize = 1L << 30)
{
    /// <summary>Extracts an archive without its top folder. On failure nothing is left of it.</summary>
    /// <param name="archivePath">The archive; its suffix tells the format.</param>
    /// <param name="topFolder">The folder that must hold every entry.</param>
    /// <param name="target">The folder to make; it must not exist.</param>
    /// <returns>The number of files and links.</returns>
    /// <exception cref="BuildException">The archive is damaged, or has an entry that is refused.</exception>
    public int Extract(string archivePath, string topFolder, string target)
    {
        var name = Path.GetFileName(archivePath);
        if (Path.Exists(target))
            throw new BuildException($"{name} cannot be extracted to {target}, which exists already; delete it.");
        try
        {
            return Extract(archivePath, new ExtractedTree(name, topFolder, target));
        }
        catch (Exception e)
        {
            FileTree.Delete(target);
            throw e switch
            {
                // When bits are flipped, SharpZipLib's decoders run out of their tables, and times are none that a file can have.
                InvalidDataException or EndOfStreamException or SharpZipBaseException or FormatException or IndexOutOfRangeException
                    or ArgumentException =>
                    new BuildException($"{name} is damaged, or no archive that this build reads: {e.Message.TrimEnd('.')}. Fetch it again.", e),
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

        // Zero blocks end an archive; the reader stops there, or else at the end of the stream.
        if (stream.HasEnded)
            throw new EndOfStreamException("it ends before the archive's end mark");
        stream.Drain();
        return tree.Finish();
    }
}
