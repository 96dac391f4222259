using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Sources;

/// <summary>An archive that is fetched and verified when it is first asked for, and once in a run.</summary>
/// <param name="archive">The archive.</param>
/// <param name="fetcher">Brings it.</param>
/// <param name="display">Shows how far the transfer is.</param>
public sealed class ArchiveSource(SourceArchive archive, ArchiveFetcher fetcher, ProgressDisplay display)
{
    FetchedArchive? fetched;

    /// <summary>The archive that it should be.</summary>
    public SourceArchive Archive => archive;

    /// <summary>The archive, verified.</summary>
    /// <exception cref="BuildException">It cannot be had anywhere, or its signature is bad.</exception>
    public FetchedArchive Fetch()
    {
        if (fetched is not null)
            return fetched;
        using var progress = display.Start(archive.FileName, ProgressLine.Bytes);
        return fetched = fetcher.Fetch(archive, progress);
    }
}
