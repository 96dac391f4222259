using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Stages;

namespace L4ReMusl.Caching;

/// <summary>
/// The results in the user's cache folder, shared by all clones and branches: a file each (see <see cref="ResultArchive"/>).
/// </summary>
/// <remarks>
/// Several builds may use it at the same time, and it may be another user's: what cannot be read counts as missing, and what
/// cannot be deleted stays.
/// </remarks>
/// <param name="folder">Its folder, created when needed.</param>
public sealed class LocalCache(string folder)
{
    /// <summary>The maximum size if the user names none: 2 GiB.</summary>
    /// <remarks>
    /// All results of a build for two architectures take 15 MB, and Rust's standard library for a target 40 MB more.
    /// </remarks>
    public const long DefaultMaximumSize = 2L << 30;

    // What is not a result was left by a killed build or by an older version of this one; no copy takes this long.
    static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    readonly Lock turn = new();

    /// <summary>The maximum size of all results together in bytes; the newest is kept in any case.</summary>
    public long MaximumSize { get; init; } = DefaultMaximumSize;

    /// <summary>Its folder.</summary>
    public string Folder => folder;

    /// <summary>The file of a result, whether or not it exists.</summary>
    public string PathOf(ResultKey key) => Path.Combine(folder, key.FileName);

    /// <summary>Makes a copy of a result at <paramref name="target"/>. A damaged entry is deleted.</summary>
    /// <returns>The figures that were reported when it was made; <see langword="null"/> if it is not there.</returns>
    public IReadOnlyList<Figure>? TryRestore(ResultKey key, string target)
    {
        var path = PathOf(key);
        try
        {
            if (!File.Exists(path))
                return null;
            using var archive = File.OpenRead(path);
            var figures = ResultArchive.Unpack(archive, key, target);
            Touch(path);
            return figures;
        }
        catch (BadResultException)
        {
            StageFolders.Discard(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is another user's, or another clone has just deleted it to make room.
            return null;
        }
    }

    /// <summary>Adds a result, and deletes those that were not used for longest until all fit.</summary>
    /// <param name="key">What it is found by.</param>
    /// <param name="copy">Writes its archive to a path.</param>
    /// <exception cref="IOException">It cannot be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be kept.</exception>
    public void Add(ResultKey key, Action<string> copy)
    {
        var path = PathOf(key);
        AtomicFile.Make(path, copy);
        lock (turn)
            Prune(path);
    }

    /// <summary>Deletes all results.</summary>
    /// <returns>The number of bytes that were freed.</returns>
    public long Clear()
    {
        var freed = 0L;
        foreach (var entry in Entries())
        {
            var size = entry is FileInfo file ? file.Length : FileTree.Size(entry.FullName);
            StageFolders.Discard(entry.FullName);
            if (!Path.Exists(entry.FullName))
                freed += size;
        }

        return freed;
    }

    void Prune(string newest)
    {
        var total = 0L;
        foreach (var entry in Entries()
            .OrderByDescending(entry => entry.FullName == newest).ThenByDescending(entry => entry.LastWriteTimeUtc))
        {
            var isResult = entry is FileInfo && entry.Name.EndsWith(ResultKey.Suffix, StringComparison.Ordinal);
            if (isResult)
                total += ((FileInfo)entry).Length;
            if (isResult ? total > MaximumSize && entry.FullName != newest : DateTime.UtcNow - entry.LastWriteTimeUtc > Patience)
                StageFolders.Discard(entry.FullName);
        }
    }

    // All that other builds have not deleted in the meantime.
    List<FileSystemInfo> Entries() => Directory.Exists(folder)
        ? [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => entry.Exists)]
        : [];

    static void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's entry keeps its age: only its owner's uses count.
        }
    }
}
