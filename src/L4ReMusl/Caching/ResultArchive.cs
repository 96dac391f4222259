using System.Formats.Tar;
using System.IO.Compression;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Sources;

namespace L4ReMusl.Caching;

/// <summary>
/// A result in a file, as caches keep it: a tar archive, compressed with gzip, with a stamp (<c>stamp.json</c>), and then the
/// folder or file (<c>result</c>).
/// </summary>
/// <remarks>
/// An archive may come from anywhere. Whatever is in it, unpacking writes nothing outside the target, follows no link, and ends
/// with a result that matches its stamp, or without one.
/// </remarks>
static class ResultArchive
{
    /// <summary>The maximum size of an archive in bytes; Rust's standard library for a target takes 40 MB.</summary>
    public const long MaximumSize = 256L << 20;

    const string Stamp = "stamp.json", Result = "result";
    const long MaximumContent = 1L << 30;
    const int MaximumEntries = 50_000, MaximumStamp = 1 << 20;
    const int CostOfEntry = 2048; // In the tar stream, besides the content, if the name is long.

    /// <summary>Writes an archive.</summary>
    /// <param name="archive">Receives it.</param>
    /// <param name="key">What the result is found by.</param>
    /// <param name="result">The folder or file.</param>
    /// <param name="figures">The figures that the stage reported.</param>
    /// <exception cref="IOException">The result contains what an archive cannot hold, or there is no space.</exception>
    public static void Write(Stream archive, ResultKey key, string result, IReadOnlyList<Figure> figures)
    {
        var entries = TreeDigest.Entries(result);
        if (LinkRule.Violation(LinksIn(entries)) is { } link)
            throw new IOException($"the link '{link}' leads out of it");
        if (entries.Count > MaximumEntries || entries.Sum(entry => entry.Length) > MaximumContent)
            throw new IOException($"it has more than {MaximumEntries} files or {MaximumContent} bytes");
        var stamp = new ResultStamp(key.Inputs.Entries, TreeDigest.Of(result), figures);

        // Level 1: higher ones make it a quarter smaller, but take twice as long, and unpacking no shorter.
        using var compressed = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true);
        using var tar = new TarWriter(compressed, TarEntryFormat.Gnu); // pax would add the process id.
        tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, Stamp) { DataStream = new MemoryStream(stamp.ToJson()) });
        foreach (var entry in entries)
            Write(tar, entry, result);
    }

    /// <summary>Unpacks an archive.</summary>
    /// <param name="archive">The archive, from its current position.</param>
    /// <param name="key">What the result should be.</param>
    /// <param name="target">The folder or file to make, which must not exist.</param>
    /// <returns>The figures that were reported when the result was made.</returns>
    /// <exception cref="BadResultException">It is not an intact archive of this result. Nothing is left.</exception>
    /// <exception cref="IOException">There is no space. Nothing is left.</exception>
    public static IReadOnlyList<Figure> Unpack(Stream archive, ResultKey key, string target)
    {
        using var unpacked = new UnpackedResult(target);
        try
        {
            return Unpack(archive, key, unpacked);
        }
        catch (Exception e)
        {
            unpacked.Discard();
            throw e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException
                or NotSupportedException or OverflowException
                ? new BadResultException($"it is damaged ({e.Message.TrimEnd('.')})", e)
                : e;
        }
    }

    static IReadOnlyList<Figure> Unpack(Stream archive, ResultKey key, UnpackedResult unpacked)
    {
        using var stream = new BoundedStream(
            new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true),
            MaximumContent + (MaximumEntries * CostOfEntry));
        using var tar = new TarReader(stream);
        var stamp = ReadStamp(tar, key);
        var count = 0;
        while (tar.GetNextEntry() is { } entry)
        {
            if (++count > MaximumEntries)
                throw new BadResultException($"it has more than {MaximumEntries} entries");
            unpacked.Add(entry, PathOf(entry.Name));
        }

        return unpacked.Finish() == stamp.Digest
            ? stamp.Figures
            : throw new BadResultException("its content does not match its stamp");
    }

    static ResultStamp ReadStamp(TarReader tar, ResultKey key)
    {
        if (tar.GetNextEntry() is not { Name: Stamp, Length: <= MaximumStamp, DataStream: { } content } entry)
            throw new BadResultException("it does not begin with a stamp");
        var json = new byte[entry.Length];
        content.ReadExactly(json);
        return ResultStamp.Parse(json, key.Inputs);
    }

    static void Write(TarWriter tar, FileTreeEntry entry, string result)
    {
        var type = entry switch
        {
            { LinkTarget: not null } => TarEntryType.SymbolicLink,
            { IsFolder: true } => TarEntryType.Directory,
            _ => TarEntryType.RegularFile,
        };
        var name = entry.Path.Length > 0 ? $"{Result}/{entry.Path}" : Result;
        var written = new GnuTarEntry(type, name) { ModificationTime = entry.LastWriteTimeUtc };
        if (entry.LinkTarget is { } target)
            written.LinkName = target;
        else
            written.Mode = entry.Mode;
        using var content = entry.IsFile ? File.OpenRead(entry.In(result)) : null;
        if (content is not null)
            written.DataStream = content;
        tar.WriteEntry(written);
    }

    static Dictionary<string, string> LinksIn(IEnumerable<FileTreeEntry> entries) => entries
        .Where(entry => entry.LinkTarget is not null)
        .ToDictionary(entry => entry.Path, entry => entry.LinkTarget!);

    // The path below the result: empty for the result itself.
    static string PathOf(string name)
    {
        var path = name.TrimEnd('/');
        if (path == Result)
            return "";
        var below = path.StartsWith(Result + "/", StringComparison.Ordinal) ? path[(Result.Length + 1)..] : null;
        return below is not null && !below.Split('/').Any(part => part is "" or "." or "..")
            ? below
            : throw new BadResultException("it has an entry outside its folder");
    }
}
