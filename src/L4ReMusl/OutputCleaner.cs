using L4ReMusl.Incremental;

namespace L4ReMusl;

/// <summary>Removes what the build made, and nothing else.</summary>
/// <param name="layout">Where the results lie.</param>
public sealed class OutputCleaner(BuildLayout layout)
{
    /// <summary>The files and folders that the build makes below <c>out</c>. What else lies there is the user's.</summary>
    static readonly string[] Made = ["src", "build", "musl", "pkg", "lsb_root", "images", "logs", "reports", ".stamps", ".scratch", ".lock"];

    /// <summary>Removes the results.</summary>
    /// <returns>The number of bytes that were freed.</returns>
    public long Clean()
    {
        var freed = 0L;
        foreach (var path in Made.Select(name => Path.Combine(layout.Output, name)))
        {
            freed += Directory.Exists(path) ? FileTree.Size(path) : 0;
            FileTree.Delete(path);
        }

        if (Directory.Exists(layout.Output) && !Directory.EnumerateFileSystemEntries(layout.Output).Any())
            Directory.Delete(layout.Output);
        return freed;
    }
}
