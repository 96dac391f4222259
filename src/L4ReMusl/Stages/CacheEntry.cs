using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Stages;

/// <summary>A result in the user's cache: a folder with the result, and a stamp that describes it.</summary>
/// <param name="folder">The folder. It may be another user's, and another build may be creating or deleting it.</param>
sealed class CacheEntry(string folder)
{
    // An entry without a stamp is still being written, or was left by a killed build; no copy takes this long.
    static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The result.</summary>
    public string Result => Path.Combine(folder, "result");

    /// <summary>The description of the result; <see langword="null"/> if there is no readable stamp.</summary>
    public StageStamp? Stamp => StageStamp.Read(StampFile);

    /// <summary>When it was made or last used.</summary>
    public DateTime LastUsed => Directory.GetLastWriteTimeUtc(folder);

    string StampFile => Path.Combine(folder, "stamp.json");

    /// <summary>Fills a folder that does not exist yet.</summary>
    public void Write(string result, Fingerprint inputs, IReadOnlyList<Figure> figures)
    {
        FileTree.Copy(result, Result);
        new StageStamp(inputs.Entries, FileTree.ContentHash(result), figures) { Size = FileTree.Size(result) }.Write(StampFile);
    }

    /// <summary>Marks it as just used. Another user's entry keeps its age: only its owner's uses count.</summary>
    public void Touch() => SetLastUsed(DateTime.UtcNow);

    /// <summary>
    /// Its size in bytes, from the stamp; measured if the stamp is of an older build, which did not record it.
    /// </summary>
    /// <returns>The size; <see langword="null"/> if this is not an entry, or cannot be read.</returns>
    public long? Size()
    {
        try
        {
            if (Stamp is not { } stamp)
                return null;
            return stamp.Size ?? Measure(stamp);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether an entry without a size can go: a killed build left it, or its stamp is damaged.</summary>
    public bool IsAbandoned() => DateTime.UtcNow - LastUsed > Patience;

    long Measure(StageStamp stamp)
    {
        var (size, used) = (FileTree.Size(Result), LastUsed);
        try
        {
            (stamp with { Size = size }).Write(StampFile);
            SetLastUsed(used);
        }
        catch (UnauthorizedAccessException)
        {
            // It will be measured again.
        }

        return size;
    }

    void SetLastUsed(DateTime time)
    {
        try
        {
            Directory.SetLastWriteTimeUtc(folder, time);
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's entry: see Touch.
        }
    }
}
