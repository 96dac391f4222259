namespace L4ReMusl.Root.Checks;

/// <summary>The folders that the Filesystem Hierarchy Standard 3.0 requires, or links to folders, must exist.</summary>
/// <remarks>Sections 3.2, 3.7.2, 4.2, 4.9.2, 4.11.2, 5.2 and 5.8.2; <c>/proc</c> and <c>/sys</c>: annex 6.1.</remarks>
sealed class FhsCheck : IRootFsCheck
{
    static readonly string[] Required =
    [
        "/bin", "/boot", "/dev", "/etc", "/etc/opt", "/lib", "/media", "/mnt", "/opt", "/proc", "/root", "/run", "/sbin", "/srv",
        "/sys", "/tmp",
        "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/sbin", "/usr/share", "/usr/share/man", "/usr/share/misc",
        "/usr/local/bin", "/usr/local/etc", "/usr/local/games", "/usr/local/include", "/usr/local/lib", "/usr/local/man",
        "/usr/local/sbin", "/usr/local/share", "/usr/local/src",
        "/var", "/var/cache", "/var/lib", "/var/lib/misc", "/var/local", "/var/lock", "/var/log", "/var/opt", "/var/run",
        "/var/spool", "/var/tmp",
    ];

    /// <inheritdoc/>
    public IEnumerable<string> Violations(RootFsTree root) =>
        Required.Where(path => !root.IsFolder(path)).Select(path => $"{path}: FHS 3.0 requires this folder");
}
