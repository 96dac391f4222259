using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Stages;

/// <summary>The folders in which the build keeps its own books, below the output folder.</summary>
/// <param name="output">The output folder, <c>out</c>.</param>
public sealed class StageFolders(string output)
{
    /// <summary>The output folder.</summary>
    public string Output => output;

    /// <summary>Where stamps lie. They are outside the results, because a result must not depend on when it was made.</summary>
    public string Stamps { get; } = Path.Combine(output, ".stamps");

    /// <summary>Where results are made before they are renamed into place; on the same file system as they are.</summary>
    public string Scratch { get; } = Path.Combine(output, ".scratch");

    /// <summary>The stamp of a stage.</summary>
    public string StampOf(string stage) => Path.Combine(Stamps, stage + ".json");

    /// <summary>A path for a result in the making, which nothing else uses.</summary>
    /// <remarks>
    /// Unique in every run: compilers that outlive a killed build go on writing, and must not write into the next build's folder.
    /// </remarks>
    public string NewScratch(string stage)
    {
        Directory.CreateDirectory(Scratch);
        return Path.Combine(Scratch, $"{stage}.{Environment.ProcessId}.{Path.GetRandomFileName()}");
    }

    /// <summary>Deletes what is left at a scratch path. What another process still writes there stays until the next build.</summary>
    public static void Discard(string scratch)
    {
        try
        {
            FileTree.Delete(scratch);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left to DiscardAll of a later run; nothing ever reads a scratch folder.
        }
    }

    /// <summary>Deletes what killed builds left. Only for the holder of the output folder's lock.</summary>
    public void DiscardAll()
    {
        if (!Directory.Exists(Scratch))
            return;
        foreach (var path in Directory.EnumerateFileSystemEntries(Scratch))
            Discard(path);
    }

    /// <summary>A path as the user knows it: relative to the folder that holds the output folder.</summary>
    public string Relative(string path) => Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(output))!, path);
}
