using L4ReMusl.Reporting;

namespace L4ReMusl.Incremental;

/// <summary>A content-addressed cache of results in the user's cache folder, shared by all clones and branches.</summary>
/// <param name="folder">Where it lies; made when needed.</param>
public sealed class ResultCache(string folder)
{
    const int MaximumEntries = 48; // musl takes about 4 MB, a component less.

    /// <summary>Copies a result to <paramref name="target"/>, if the cache has it and it is unharmed.</summary>
    /// <returns>The figures that were reported when it was made, or <see langword="null"/>.</returns>
    public IReadOnlyList<Figure>? TryRestore(string stage, Fingerprint inputs, string target)
    {
        var entry = EntryOf(stage, inputs);
        if (StageStamp.Read(Path.Combine(entry, "stamp.json")) is not { } stamp)
            return null;
        var result = Path.Combine(entry, "result");
        if (!Directory.Exists(result) || FileTree.ContentHash(result) != stamp.OutputState)
        {
            FileTree.Delete(entry);
            return null;
        }

        FileTree.Copy(result, target);
        Directory.SetLastWriteTimeUtc(entry, DateTime.UtcNow);
        return stamp.Figures;
    }

    /// <summary>Keeps a copy of a result.</summary>
    public void Store(string stage, Fingerprint inputs, string result, IReadOnlyList<Figure> figures)
    {
        var entry = EntryOf(stage, inputs);
        var scratch = $"{entry}.{Path.GetRandomFileName()}";
        FileTree.Copy(result, Path.Combine(scratch, "result"));
        new StageStamp(inputs.Entries, FileTree.ContentHash(result), figures).Write(Path.Combine(scratch, "stamp.json"));
        try
        {
            FileTree.Delete(entry);
            Directory.Move(scratch, entry);
        }
        catch (IOException)
        {
            FileTree.Delete(scratch); // Another clone stored the same result in this moment.
        }

        Prune();
    }

    string EntryOf(string stage, Fingerprint inputs) => Path.Combine(folder, $"{stage}-{inputs.Digest[..32]}");

    void Prune()
    {
        foreach (var old in new DirectoryInfo(folder).GetDirectories().OrderByDescending(d => d.LastWriteTimeUtc).Skip(MaximumEntries))
            FileTree.Delete(old.FullName);
    }
}
