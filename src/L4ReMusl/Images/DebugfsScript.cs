using System.Text;
using L4ReMusl.Incremental;

namespace L4ReMusl.Images;

/// <summary>Commands for <c>debugfs</c>, e2fsprogs' editor of unmounted file systems, which needs no root.</summary>
public static class DebugfsScript
{
    static readonly string[] Times = ["atime", "ctime", "crtime", "mtime"];

    /// <summary>Commands that give everything in a file system to root, and the same time.</summary>
    /// <param name="entries">What is in it, besides the root folder and <c>/lost+found</c>.</param>
    /// <param name="time">The time.</param>
    public static string ForOwnersAndTimes(IEnumerable<FileTreeEntry> entries, DateTimeOffset time)
    {
        var script = new StringBuilder();
        var stamp = time.UtcDateTime.ToString("yyyyMMddHHmmss");
        foreach (var path in entries.Select(entry => $"/{entry.Path}").Prepend("/lost+found").Prepend("/"))
        {
            var set = $"set_inode_field {Quote(path)}";
            script.Append(set).Append(" uid 0\n").Append(set).Append(" gid 0\n");
            foreach (var name in Times)
                script.Append($"{set} {name} {stamp}\n{set} {name}_extra 0\n"); // _extra: the nanoseconds
        }

        return script.ToString();
    }

    /// <summary>A path as an argument of a debugfs command.</summary>
    /// <exception cref="BuildException">debugfs has no way to write the path.</exception>
    public static string Quote(string path) => path.Any(char.IsControl)
        ? throw new BuildException($"The name '{path}' has a control character, which debugfs cannot be told; rename the file.")
        : $"\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
