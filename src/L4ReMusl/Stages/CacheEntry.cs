using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Stages;

/// <summary>A result in the user's cache: a folder with the result, and a stamp that says what it is and how large.</summary>
/// <param name="folder">The folder. It may be another user's, or one that another build is just making or deleting.</param>
sealed class CacheEntry(string folder)
{
    // An entry without a stamp is in the making, or was left by a killed build; nothing takes this long to be copied.
    static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The result.</summary>
    public string Result => Path.Combine(folder, "result");

    /// <summary>What the entry should be; <see langword="null"/> if it has no stamp that can be read.</summary>
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

    /// <summary>Makes it the one that was used last. Another user's stays as old as it is: its owner's uses count.</summary>
    public void Touch() => SetLastUsed(DateTime.UtcNow);

    /// <summary>Its size in bytes, which the stamp has; measured once if the stamp is of a build that did not write it.</summary>
    /// <returns>The size; <see langword="null"/> for what is no entry, or cannot be read.</returns>
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

    /// <summary>Whether what has no size is of no use to anybody: a killed build left it, or its stamp is damaged.</summary>
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
            // As the summary of Touch says.
        }
    }
}
