namespace L4ReMusl.Foundation.Processes;

/// <summary>Finds programs.</summary>
public static class ExecutablePath
{
    const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // Debian leaves these out of an ordinary user's PATH, but tools such as mke2fs are there and run without root.
    static readonly string[] SystemFolders = ["/usr/sbin", "/sbin"];

    /// <summary>Finds <paramref name="tool"/> as a shell would, or else in the folders of system programs.</summary>
    /// <param name="tool">A name, or a path (anything with a slash), which is only checked.</param>
    /// <param name="searchPath">Folders, separated by colons.</param>
    /// <returns>The full path of an executable file, or <see langword="null"/>.</returns>
    public static string? Find(string tool, string? searchPath)
    {
        if (tool.Contains('/', StringComparison.Ordinal))
            return IsExecutable(tool) ? Path.GetFullPath(tool) : null;
        return (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(SystemFolders)
            .Select(folder => Path.Combine(folder, tool))
            .FirstOrDefault(IsExecutable);
    }

    static bool IsExecutable(string path) => File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0;
}
