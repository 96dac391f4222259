namespace L4ReMusl.Root.Checks;

/// <summary>Symbolic links must be relative, stay inside the root, and lead to something.</summary>
sealed class LinkCheck : IRootFsCheck
{
    // File systems are mounted here only at run time.
    static readonly string[] MountPoints = ["/dev/", "/proc/", "/run/", "/sys/"];

    /// <inheritdoc/>
    public IEnumerable<string> Violations(RootFsTree root)
    {
        foreach (var (path, entry) in root.Entries)
        {
            if (entry.LinkTarget is not { } target)
                continue;
            if (target.StartsWith('/'))
                yield return $"{path}: is an absolute link to {target}, which would leave the root on the host; make it relative";
            else if (Leaves(path, target))
                yield return $"{path}: is a link to {target}, which leaves the root";
            else if (root.Resolve(path) is null
                && !MountPoints.Any(Path.GetFullPath(target, Path.GetDirectoryName(path)!).StartsWith))
                yield return $"{path}: is a link to {target}, which does not exist";
        }
    }

    static bool Leaves(string path, string target)
    {
        var depth = path.Count(c => c == '/') - 1;
        return target.Split('/').Any(part => (depth += part switch { ".." => -1, "" or "." => 0, _ => 1 }) < 0);
    }
}
