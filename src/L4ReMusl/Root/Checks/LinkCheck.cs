namespace L4ReMusl.Root.Checks;

/// <summary>Symbolic links: relative, inside the root, and leading to something.</summary>
sealed class LinkCheck : IRootFsCheck
{
    // What is mounted here at run time is not there yet.
    static readonly string[] MountPoints = ["/dev/", "/proc/", "/run/", "/sys/"];

    /// <inheritdoc/>
    public IEnumerable<string> Violations(RootFsTree root)
    {
        foreach (var (path, entry) in root.Entries)
        {
            if (entry.LinkTarget is not { } target)
                continue;
            if (target.StartsWith('/'))
                yield return $"{path}: is an absolute link to {target}, which means another file while the root is only a folder";
            else if (Leaves(path, target))
                yield return $"{path}: is a link to {target}, which leaves the root";
            else if (root.Resolve(path) is null && !MountPoints.Any(Path.GetFullPath(target, Path.GetDirectoryName(path)!).StartsWith))
                yield return $"{path}: is a link to {target}, which is not there";
        }
    }

    static bool Leaves(string path, string target)
    {
        var depth = path.Count(c => c == '/') - 1;
        return target.Split('/').Any(part => (depth += part switch { ".." => -1, "" or "." => 0, _ => 1 }) < 0);
    }
}
