namespace L4ReMusl.Sources;

/// <summary>
/// The places to look for an archive, in order: the user's mirrors, upstream, Debian's mirrors, and services that keep old files.
/// </summary>
/// <param name="mirrors">URLs or folders that have archives under their own names, in the order in which to try them.</param>
/// <param name="isOffline">Whether to use only folders on the host.</param>
/// <param name="debian">Debian's mirrors. The pool has the archives of many projects.</param>
public sealed class ArchiveLocations(IReadOnlyList<string> mirrors, bool isOffline, DebianMirrors debian)
{
    /// <summary>Whether only folders on the host are used.</summary>
    public bool IsOffline => isOffline;

    /// <summary>The places of an archive. They are enumerated lazily: apt runs only when all others have failed.</summary>
    /// <exception cref="BuildException">A mirror is neither a valid URL nor a path.</exception>
    public IEnumerable<ArchiveLocation> Of(SourceArchive archive)
    {
        // Not lazily, so that a bad mirror is an error even if an earlier one has the archive.
        ArchiveLocation[] own = [.. mirrors.Select(mirror => ArchiveLocation.Below(mirror, archive.FileName))];
        var all = own.Concat(archive.Urls.Select(ArchiveLocation.At)).Concat(InDebianPools(archive))
            .Concat(archive.LastUrls.Select(ArchiveLocation.At));
        return isOffline ? own.Where(location => location.LocalPath is not null) : all;
    }

    /// <summary>The same locations, with another folder after the user's mirrors.</summary>
    public ArchiveLocations And(string folder) => new([.. mirrors, folder], isOffline, debian);

    // apt also knows other kinds of addresses than these, which only it can use.
    IEnumerable<ArchiveLocation> InDebianPools(SourceArchive archive)
    {
        if (archive.DebianPool is null)
            yield break;
        foreach (var mirror in debian.Candidates().Where(one => ArchiveLocation.IsWeb(one) || ArchiveLocation.IsFile(one)))
            yield return ArchiveLocation.Below(mirror, archive.DebianPool);
    }
}
