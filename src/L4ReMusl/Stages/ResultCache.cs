using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using Serilog;

namespace L4ReMusl.Stages;

/// <summary>A content-addressed cache of results in the user's cache folder, shared by all clones and branches.</summary>
/// <remarks>
/// Its size is limited: storing a result removes those that were not used for longest, except another user's.
/// </remarks>
/// <param name="folder">
/// Its folder, created when needed. It may be another user's: unreadable entries count as missing.
/// </param>
/// <param name="log">Receives a warning if a result cannot be kept, which does not stop the build.</param>
public sealed class ResultCache(string folder, ILogger log)
{
    /// <summary>The maximum size of all results together in bytes; the newest is kept in any case.</summary>
    /// <remarks>
    /// 2 GiB by default. A compiled musl has about 4 MB, a component less, Rust's standard library for a target 90 MB: there
    /// is room for twenty such libraries, or for hundreds of the others.
    /// </remarks>
    public long MaximumSize { get; init; } = 2L << 30;

    /// <summary>Copies a result to <paramref name="target"/>, if the cache has it and it is intact.</summary>
    /// <returns>The figures that were reported when it was made, or <see langword="null"/>.</returns>
    public IReadOnlyList<Figure>? TryRestore(string stage, Fingerprint inputs, string target)
    {
        try
        {
            return Restore(EntryOf(stage, inputs), target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is another user's, or another clone is deleting it to make room.
            FileTree.Delete(target);
            return null;
        }
    }

    /// <summary>Keeps a copy of a result, if possible.</summary>
    public void Store(string stage, Fingerprint inputs, string result, IReadOnlyList<Figure> figures)
    {
        var entry = EntryOf(stage, inputs).Folder;
        var scratch = $"{entry}.{Path.GetRandomFileName()}";
        try
        {
            new CacheEntry(scratch).Write(result, inputs, figures);
            FileTree.Delete(entry);
            Directory.Move(scratch, entry);
            Prune(entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            StageFolders.Discard(scratch);
            if (!Directory.Exists(entry)) // Otherwise another clone just stored the same result.
            {
                log.Warning(
                    "The result of {Stage} could not be kept in {Cache}; other clones will have to rebuild it: {Problem:l}",
                    stage,
                    folder,
                    e.Message);
            }
        }
    }

    static IReadOnlyList<Figure>? Restore(CacheEntry entry, string target)
    {
        if (entry.Stamp is not { } stamp)
            return null;
        if (!Directory.Exists(entry.Result) || FileTree.ContentHash(entry.Result) != stamp.OutputState)
        {
            StageFolders.Discard(entry.Folder);
            return null;
        }

        FileTree.Copy(entry.Result, target);
        entry.Touch();
        return stamp.Figures;
    }

    CacheEntry EntryOf(string stage, Fingerprint inputs) => new(Path.Combine(folder, $"{stage}-{inputs.Digest[..32]}"));

    void Prune(string newest)
    {
        var entries = Directory.EnumerateDirectories(folder).Select(path => new CacheEntry(path)).ToList();
        var total = 0L;
        var byUse = entries.OrderByDescending(entry => entry.Folder == newest).ThenByDescending(entry => entry.LastUsed);
        foreach (var entry in byUse)
        {
            var size = entry.Size();
            total += Math.Clamp(size ?? 0, 0, MaximumSize);
            if (size is null ? entry.IsAbandoned() : total > MaximumSize)
                StageFolders.Discard(entry.Folder);
        }
    }
}
