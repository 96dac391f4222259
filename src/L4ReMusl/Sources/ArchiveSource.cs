using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Sources;

/// <summary>An archive that is fetched and verified on first use, and only once in a run.</summary>
/// <param name="archive">The archive.</param>
/// <param name="fetcher">Fetches it.</param>
/// <param name="display">Shows the progress of the transfer.</param>
public sealed class ArchiveSource(SourceArchive archive, ArchiveFetcher fetcher, ProgressDisplay display)
{
    FetchedArchive? fetched;

    /// <summary>The description of the archive.</summary>
    public SourceArchive Archive => archive;

    /// <summary>The archive, verified.</summary>
    /// <exception cref="BuildException">No place has it, or its signature is bad.</exception>
    public FetchedArchive Fetch()
    {
        if (fetched is not null)
            return fetched;
        using var progress = display.Start(archive.FileName, ProgressLine.Bytes);
        return fetched = fetcher.Fetch(archive, progress);
    }
}
