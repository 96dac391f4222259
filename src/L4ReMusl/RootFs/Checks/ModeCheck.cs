using L4ReMusl.Incremental;

namespace L4ReMusl.RootFs.Checks;

/// <summary>Modes: those that the system's safety rests on, no set-user-ID programs, nothing that others may change.</summary>
sealed class ModeCheck : IRootFsCheck
{
    const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    const UnixFileMode SetId = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    static readonly (string Path, string Mode)[] Expected =
    [
        ("/etc/passwd", "0644"), ("/etc/group", "0644"), ("/etc/shadow", "0640"),
        ("/root", "0700"), ("/tmp", "1777"), ("/var/tmp", "1777"),
    ];

    /// <inheritdoc/>
    public IEnumerable<string> Violations(RootFsTree root)
    {
        foreach (var (path, mode) in Expected)
        {
            if (root.Get(path) is { } entry && Octal(entry) != mode)
                yield return $"{path}: has the mode {Octal(entry)} and must have {mode}";
        }

        foreach (var (path, entry) in root.Entries.Where(entry => entry.Value.LinkTarget is null))
        {
            if (entry.IsFile && (entry.Mode & SetId) != 0)
                yield return $"{path}: runs with its owner's or group's rights (mode {Octal(entry)}), which no file here may";
            if ((entry.Mode & Others) != 0 && !IsShared(entry))
                yield return $"{path}: can be changed by others than its owner (mode {Octal(entry)})";
        }
    }

    static bool IsShared(FileTreeEntry entry) => entry.IsFolder && entry.Mode.HasFlag(UnixFileMode.StickyBit);

    static string Octal(FileTreeEntry entry) => Convert.ToString((int)entry.Mode, 8).PadLeft(4, '0');
}
