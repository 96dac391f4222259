using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Root.Checks;

/// <summary>Modes: sensitive files must have theirs, no program may be set-user-ID, and only owners may write.</summary>
sealed class ModeCheck : IRootFsCheck
{
    const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    const UnixFileMode SetId = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    static readonly (string Path, string Mode)[] Expected =
    [
        ("/etc/passwd", "0644"), ("/etc/group", "0644"), ("/etc/shadow", "0640"),
        ("/root", "0700"), ("/tmp", "01777"), ("/var/tmp", "01777"),
    ];

    /// <inheritdoc/>
    public IEnumerable<string> Violations(RootFsTree root)
    {
        foreach (var (path, mode) in Expected)
        {
            if (root.Get(path) is { } entry && FileModes.ToOctal(entry.Mode) != mode)
                yield return $"{path}: has the mode {FileModes.ToOctal(entry.Mode)}, but must have {mode}";
        }

        foreach (var (path, entry) in root.Entries.Where(entry => entry.Value.LinkTarget is null))
        {
            if (entry.IsFile && (entry.Mode & SetId) != 0)
                yield return $"{path}: must not be set-user-ID or set-group-ID (mode {FileModes.ToOctal(entry.Mode)})";
            if ((entry.Mode & Others) != 0 && !IsShared(entry))
                yield return $"{path}: must be writable only by its owner (mode {FileModes.ToOctal(entry.Mode)})";
        }
    }

    static bool IsShared(FileTreeEntry entry) => entry.IsFolder && entry.Mode.HasFlag(UnixFileMode.StickyBit);
}
