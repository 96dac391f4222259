using System.IO.Enumeration;

namespace L4ReMusl.Foundation.Files;

/// <summary>Reads folders in a fixed order, without following symbolic links.</summary>
/// <remarks>.NET's own recursive enumeration follows links to folders, and so leaves the tree.</remarks>
public static class FileTree
{
    /// <summary>Lists everything below <paramref name="root"/>, sorted by relative path in ordinal order.</summary>
    public static IReadOnlyList<FileTreeEntry> List(string root)
    {
        var entries = new FileSystemEnumerable<FileTreeEntry>(
            root,
            (ref FileSystemEntry entry) => new FileTreeEntry(
                Path.Join(entry.Directory[entry.RootDirectory.Length..].TrimStart('/'), entry.FileName),
                entry.ToFileSystemInfo()),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    /// <summary>The sum of the sizes of the regular files below <paramref name="root"/>, in bytes.</summary>
    public static long Size(string root) => List(root).Where(entry => entry.IsFile).Sum(entry => entry.Length);

    /// <summary>A hash over names, sizes, modes, times and link targets: cheap, and changed by any ordinary edit.</summary>
    /// <param name="path">A folder or a file.</param>
    public static string State(string path) => StateWithout(path, null);

    /// <summary>The same, but without a part of the tree.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <param name="except">A folder below it to leave out; <see langword="null"/> for none.</param>
    public static string StateWithout(string path, string? except)
    {
        var self = new FileTreeEntry(".", Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path));
        var below = (self.IsFolder ? List(path) : []).Where(entry => except is null || !IsWithin(entry.Path, except));
        return Fingerprint.Sha256(string.Join('\n', below.Prepend(self).Select(entry => entry.Signature)));
    }

    /// <summary>Whether a path is that of a folder, or of something in it.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, over names, modes, contents and link targets, but not over times and owners.
    /// </summary>
    public static string ContentHash(string root) => Fingerprint.Sha256(string.Join('\0', List(root).Select(entry =>
        $"{entry.Path} {Convert.ToString((int)entry.Mode, 8)} "
        + (entry.IsFile ? Fingerprint.Sha256OfFile(Path.Combine(root, entry.Path)) : entry.LinkTarget ?? "/"))));

    /// <summary>Copies a tree with its links and modes; times are not kept.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        var entries = List(from);
        foreach (var entry in entries)
        {
            var target = Path.Combine(to, entry.Path);
            if (entry.LinkTarget is { } link)
                File.CreateSymbolicLink(target, link);
            else if (entry.IsFolder)
                Directory.CreateDirectory(target);
            else
                File.Copy(Path.Combine(from, entry.Path), target);
        }

        // Only now: when a folder is made, the umask applies, and nothing could be copied into a read-only one.
        foreach (var folder in entries.Where(entry => entry.IsFolder).Reverse())
            File.SetUnixFileMode(Path.Combine(to, folder.Path), folder.Mode);
        File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }

    /// <summary>Gives all files below <paramref name="root"/> the same time.</summary>
    public static void SetTimes(string root, DateTimeOffset time)
    {
        foreach (var entry in List(root).Where(entry => entry.IsFile))
            File.SetLastWriteTimeUtc(Path.Combine(root, entry.Path), time.UtcDateTime);
    }

    /// <summary>Deletes a file, link or tree, if it exists.</summary>
    public static void Delete(string path)
    {
        var info = new DirectoryInfo(path);
        if (info.Exists && info.LinkTarget is null)
            info.Delete(recursive: true);
        else if (File.Exists(path) || info.LinkTarget is not null)
            File.Delete(path);
    }
}
