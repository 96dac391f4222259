using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using Serilog;

namespace L4ReMusl.Stages;

/// <summary>A content-addressed cache of results in the user's cache folder, shared by all clones and branches.</summary>
/// <remarks>It has a bound: when a result is stored, the least recently used go. What another user owns may stay.</remarks>
/// <param name="folder">Where it lies; made when needed. It may be another user's: what cannot be read is not there.</param>
/// <param name="log">Is told if a result cannot be kept, which is no reason to stop.</param>
public sealed class ResultCache(string folder, ILogger log)
{
    /// <summary>How many bytes the results may have together; the newest is kept in any case.</summary>
    /// <remarks>
    /// By default 2 GiB. A compiled musl has about 4 MB, a component less, Rust's standard library for a target 90: there is room
    /// for twenty of those, or hundreds of the others.
    /// </remarks>
    public long MaximumSize { get; init; } = 2L << 30;

    /// <summary>Copies a result to <paramref name="target"/>, if the cache has it and it is unharmed.</summary>
    /// <returns>The figures that were reported when it was made, or <see langword="null"/>.</returns>
    public IReadOnlyList<Figure>? TryRestore(string stage, Fingerprint inputs, string target)
    {
        try
        {
            return Restore(EntryOf(stage, inputs), target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or another clone needs the room and is deleting it in this moment.
            FileTree.Delete(target);
            return null;
        }
    }

    /// <summary>Keeps a copy of a result, if it can.</summary>
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
            if (!Directory.Exists(entry)) // Otherwise another clone stored the same result in this moment.
            {
                log.Warning(
                    "The result of {Stage} could not be kept in {Cache}, and will be made again elsewhere: {Problem:l}",
                    stage, folder, e.Message);
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
