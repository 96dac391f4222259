namespace Nuke.Common.IO;

/// <summary>The text operations behind <see cref="AbsolutePath"/>.</summary>
public static class PathConstruction
{
    static readonly char[] Separators = ['/', '\\'];

    public static bool HasPathRoot(string path) => path is not null && path.StartsWith('/');

    public static RelativePath GetRelativePathTo(this AbsolutePath basePath, string destinationPath) =>
        (RelativePath)GetRelativePath(basePath, destinationPath);

    /// <summary>The way from one path to another. Letter case doesn't distinguish folders, as in NUKE.</summary>
    public static string GetRelativePath(string basePath, string destinationPath)
    {
        var from = Split(NormalizePath(basePath));
        var to = Split(NormalizePath(destinationPath));
        var common = from.Zip(to).TakeWhile(x => x.First.Equals(x.Second, StringComparison.OrdinalIgnoreCase)).Count();
        return string.Join('/', Enumerable.Repeat("..", from.Length - common).Concat(to.Skip(common)));
    }

    internal static string Combine(string left, string right)
    {
        Assert.False(HasPathRoot(right), "Second path must not be rooted");
        return string.IsNullOrWhiteSpace(right) ? left : $"{left}/{right}";
    }

    internal static string NormalizePath(string path)
    {
        path ??= string.Empty;
        var rooted = HasPathRoot(path);
        var parts = new List<string>();
        foreach (var part in Split(path))
        {
            if (part == ".")
                continue;

            if (part != ".." || parts.Count == 0 || parts[^1] == "..")
            {
                Assert.True(part != ".." || !rooted, $"Cannot normalize '{path}' beyond path root");
                parts.Add(part);
            }
            else
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return (rooted ? "/" : string.Empty) + string.Join('/', parts);
    }

    static string[] Split(string path) => path.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
}
