using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Caching;

/// <summary>A part of the user's cache folder.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Files">The number of files.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="LastUsed">When the newest was made or used; <see langword="null"/> if there is none.</param>
public sealed record CachePart(string Path, string Description, int Files, long Bytes, DateTime? LastUsed);

/// <summary>Examines the user's cache folder.</summary>
public static class CacheFolderContents
{
    static readonly Dictionary<string, string> Descriptions = new()
    {
        ["apt"] = "Debian's kernels and indexes",
        ["build"] = "compiled builds",
        ["c++"] = "sources of the C++ library",
        ["ccache"] = "objects of ccache",
        ["compiled"] = "results of stages",
        ["downloads"] = "source archives",
        ["npm"] = "schemas for tests",
        ["rust"] = "sources of Rust",
    };

    /// <summary>The parts of a cache folder: a line for each folder in it.</summary>
    /// <param name="cacheFolder">The folder.</param>
    /// <param name="always">The name of a part that is listed even if it does not exist.</param>
    public static IReadOnlyList<CachePart> Read(string cacheFolder, string always)
    {
        var names = Directory.Exists(cacheFolder)
            ? Directory.EnumerateDirectories(cacheFolder).Select(path => Path.GetFileName(path))
            : [];
        return [.. names.Append(always).Distinct().Order(StringComparer.Ordinal).Select(name => Part(cacheFolder, name))];
    }

    static CachePart Part(string cacheFolder, string name)
    {
        var path = Path.Combine(cacheFolder, name);
        var files = FilesIn(path);
        return new CachePart(
            path,
            Descriptions.GetValueOrDefault(name, "other"),
            files.Count,
            files.Sum(file => file.Length),
            files.Count > 0 ? files.Max(file => file.LastWriteTimeUtc) : null);
    }

    // What another user owns may be unreadable, and other builds may be deleting files.
    static List<FileTreeEntry> FilesIn(string path)
    {
        try
        {
            return Directory.Exists(path) ? [.. FileTree.List(path).Where(entry => entry.IsFile)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
