namespace L4ReMusl.Sources;

/// <summary>The places to look for an archive, in order: the user's mirrors, upstream, and the mirrors of Debian.</summary>
/// <param name="mirrors">Addresses or folders that hold archives under their own names, in the order in which to try.</param>
/// <param name="isOffline">Whether only folders on this machine count.</param>
/// <param name="debian">Where Debian's archive may be had, whose pool has the archives of many projects.</param>
public sealed class ArchiveLocations(IReadOnlyList<string> mirrors, bool isOffline, DebianMirrors debian)
{
    /// <summary>Whether only folders on this machine count.</summary>
    public bool IsOffline => isOffline;

    /// <summary>The places of an archive, found one by one: the host is asked only when all others have failed.</summary>
    /// <exception cref="BuildException">A mirror is neither an address nor a path.</exception>
    public IEnumerable<ArchiveLocation> Of(SourceArchive archive)
    {
        // All at once, so that a bad mirror is an error even if the one before it has the archive.
        ArchiveLocation[] own = [.. mirrors.Select(mirror => ArchiveLocation.Below(mirror, archive.FileName))];
        var all = own.Concat(archive.Urls.Select(ArchiveLocation.At)).Concat(InDebianPools(archive));
        return isOffline ? own.Where(location => location.LocalPath is not null) : all;
    }

    /// <summary>The same, and behind the user's mirrors one more folder.</summary>
    public ArchiveLocations And(string folder) => new([.. mirrors, folder], isOffline, debian);

    // Of the addresses that apt takes, those that are not of the web are left to it.
    IEnumerable<ArchiveLocation> InDebianPools(SourceArchive archive)
    {
        if (archive.DebianPool is null)
            yield break;
        foreach (var mirror in debian.Candidates().Where(ArchiveLocation.IsWeb))
            yield return ArchiveLocation.Below(mirror, archive.DebianPool);
    }
}
