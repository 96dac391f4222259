using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Sources;

/// <summary>The places to look for an archive, in order: the user's mirrors, upstream, and the host's own mirrors of Debian.</summary>
/// <param name="mirrors">Addresses or folders that hold archives under their own names, in the order in which to try.</param>
/// <param name="isOffline">Whether only folders on this machine count.</param>
/// <param name="tools">Runs <c>apt-get</c>, to ask a Debian-like host which mirrors it uses.</param>
public sealed class ArchiveLocations(IReadOnlyList<string> mirrors, bool isOffline, ToolRunner tools)
{
    /// <summary>Whether only folders on this machine count.</summary>
    public bool IsOffline => isOffline;

    /// <summary>The places of an archive. They are found one by one: the host is asked only when all others have failed.</summary>
    /// <exception cref="BuildException">A mirror is neither an address nor a path.</exception>
    public IEnumerable<ArchiveLocation> Of(SourceArchive archive)
    {
        // All at once, so that a bad mirror is an error even if the one before it has the archive.
        ArchiveLocation[] own = [.. mirrors.Select(mirror => ArchiveLocation.Below(mirror, archive.FileName))];
        var all = own.Concat(archive.Urls.Select(ArchiveLocation.At)).Concat(InDebianPools(archive));
        return isOffline ? own.Where(location => location.LocalPath is not null) : all;
    }

    IEnumerable<ArchiveLocation> InDebianPools(SourceArchive archive)
    {
        if (archive.DebianPool is null || tools.Find("apt-get") is null)
            yield break;
        var answer = tools.Run(new ToolInvocation("apt-get", "indextargets", "--format", "$(REPO_URI)") { Timeout = TimeSpan.FromSeconds(20) });
        var repositories = answer.Succeeded ? answer.Output.Split('\n', StringSplitOptions.TrimEntries).Distinct() : [];
        foreach (var repository in repositories.Where(ArchiveLocation.IsWeb))
            yield return ArchiveLocation.Below(repository, archive.DebianPool);
    }
}
