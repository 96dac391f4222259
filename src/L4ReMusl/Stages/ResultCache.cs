using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using Serilog;

namespace L4ReMusl.Stages;

/// <summary>A content-addressed cache of results in the user's cache folder, shared by all clones and branches.</summary>
/// <param name="folder">Where it lies; made when needed. It may be another user's: what cannot be read is not there.</param>
/// <param name="log">Is told if a result cannot be kept, which is no reason to stop.</param>
public sealed class ResultCache(string folder, ILogger log)
{
    const int MaximumEntries = 48; // musl takes about 4 MB, a component less.

    /// <summary>Copies a result to <paramref name="target"/>, if the cache has it and it is unharmed.</summary>
    /// <returns>The figures that were reported when it was made, or <see langword="null"/>.</returns>
    public IReadOnlyList<Figure>? TryRestore(string stage, Fingerprint inputs, string target)
    {
        try
        {
            return Restore(EntryOf(stage, inputs), target);
        }
        catch (UnauthorizedAccessException)
        {
            FileTree.Delete(target);
            return null;
        }
    }

    /// <summary>Keeps a copy of a result, if it can.</summary>
    public void Store(string stage, Fingerprint inputs, string result, IReadOnlyList<Figure> figures)
    {
        var entry = EntryOf(stage, inputs);
        var scratch = $"{entry}.{Path.GetRandomFileName()}";
        try
        {
            FileTree.Copy(result, Path.Combine(scratch, "result"));
            new StageStamp(inputs.Entries, FileTree.ContentHash(result), figures).Write(Path.Combine(scratch, "stamp.json"));
            FileTree.Delete(entry);
            Directory.Move(scratch, entry);
            Prune();
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

    static IReadOnlyList<Figure>? Restore(string entry, string target)
    {
        if (StageStamp.Read(Path.Combine(entry, "stamp.json")) is not { } stamp)
            return null;
        var result = Path.Combine(entry, "result");
        if (!Directory.Exists(result) || FileTree.ContentHash(result) != stamp.OutputState)
        {
            StageFolders.Discard(entry);
            return null;
        }

        FileTree.Copy(result, target);
        Touch(entry);
        return stamp.Figures;
    }

    // The youngest stay longest; a result of another user's stays as old as it is.
    static void Touch(string entry)
    {
        try
        {
            Directory.SetLastWriteTimeUtc(entry, DateTime.UtcNow);
        }
        catch (UnauthorizedAccessException)
        {
            // Its owner's uses count, and that is enough.
        }
    }

    string EntryOf(string stage, Fingerprint inputs) => Path.Combine(folder, $"{stage}-{inputs.Digest[..32]}");

    void Prune()
    {
        foreach (var old in new DirectoryInfo(folder).GetDirectories().OrderByDescending(d => d.LastWriteTimeUtc).Skip(MaximumEntries))
            StageFolders.Discard(old.FullName);
    }
}
