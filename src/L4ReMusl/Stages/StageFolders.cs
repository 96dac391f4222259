using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Stages;

/// <summary>The folders of the build's own records, in the output folder.</summary>
/// <param name="output">The output folder, <c>out</c>.</param>
public sealed class StageFolders(string output)
{
    /// <summary>The output folder.</summary>
    public string Output => output;

    /// <summary>Where stamps lie: outside the results, which must not depend on when they were made.</summary>
    public string Stamps { get; } = Path.Combine(output, ".stamps");

    /// <summary>Where results are made before they are renamed into place, on the same file system.</summary>
    public string Scratch { get; } = Path.Combine(output, ".scratch");

    /// <summary>Where stages keep folders that they worked in.</summary>
    public string Kept { get; } = Path.Combine(output, ".kept");

    /// <summary>The folder that a stage keeps for its next run (see <see cref="KeptFolder"/>).</summary>
    public string KeptOf(string stage) => Path.Combine(Kept, stage);

    /// <summary>The FIFO of a jobserver (see <see cref="Foundation.Processes.JobServer"/>).</summary>
    public string JobServer => Path.Combine(Scratch, $"jobs.{Environment.ProcessId}");

    /// <summary>The stamp of a stage.</summary>
    public string StampOf(string stage) => Path.Combine(Stamps, stage + ".json");

    /// <summary>A unique path at which to make a result.</summary>
    /// <remarks>
    /// Unique across runs: compilers that outlive a killed build must not write into the next build's folder.
    /// </remarks>
    public string NewScratch(string stage)
    {
        Directory.CreateDirectory(Scratch);
        return Path.Combine(Scratch, $"{stage}.{Environment.ProcessId}.{Path.GetRandomFileName()}");
    }

    /// <summary>
    /// Deletes what is left at a scratch path. What another process still writes stays until the next build.
    /// </summary>
    public static void Discard(string scratch)
    {
        try
        {
            FileTree.Delete(scratch);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // DiscardAll of a later run deletes it; nothing reads a scratch folder.
        }
    }

    /// <summary>Deletes what killed builds left. The caller must hold the lock of the output folder.</summary>
    public void DiscardAll()
    {
        if (!Directory.Exists(Scratch))
            return;
        foreach (var path in Directory.EnumerateFileSystemEntries(Scratch))
            Discard(path);
    }

    /// <summary>A path to show to the user, relative to the folder that holds the output folder.</summary>
    public string Relative(string path) => Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(output))!, path);
}
