
namespace L4ReMusl.Foundation.Files;

/// <summary>Writes a root file system into a folder; the user, the umask and the time leave no trace in it.</summary>
/// <param name="folder">The folder; made if necessary.</param>
/// <remarks>Paths begin with a slash and are those in the root file system.</remarks>
public sealed class RootFsWriter(string folder)
{
    // Set last, because a folder's mode may forbid its owner to write into it.
    readonly Dictionary<string, UnixFileMode> folderModes = new(StringComparer.Ordinal);

    /// <summary>The path on this machine.</summary>
    public string HostPath(string path) => Path.Combine(folder, path.TrimStart('/'));

    /// <summary>Makes a folder and its parents, or changes the mode of one that exists.</summary>
    public void AddFolder(string path, UnixFileMode mode = FileModes.Program)
    {
        Directory.CreateDirectory(HostPath(path));
        folderModes[HostPath(path)] = mode;
    }

    /// <summary>Writes a file.</summary>
    public void AddFile(string path, byte[] content, UnixFileMode mode = FileModes.File)
    {
        AddFolderOf(path);
        File.WriteAllBytes(HostPath(path), content);
        File.SetUnixFileMode(HostPath(path), mode);
    }

    /// <summary>Makes a symbolic link.</summary>
    public void AddLink(string path, string target)
    {
        AddFolderOf(path);
        File.CreateSymbolicLink(HostPath(path), target);
    }

    /// <summary>
    /// Copies a tree of files and links. What its owner may execute, everyone may; folders that exist are left as they are.
    /// </summary>
    /// <param name="from">The folder that holds it.</param>
    /// <param name="what">What to call it in errors.</param>
    /// <param name="isLeftOut">Which paths in the tree to leave out.</param>
    /// <exception cref="BuildException">One of its files or links exists already.</exception>
    public void AddTree(string from, string what, Func<string, bool>? isLeftOut = null)
    {
        foreach (var entry in FileTree.List(from).Where(entry => isLeftOut?.Invoke(entry.Path) != true))
        {
            var path = $"/{entry.Path}";
            if (entry.IsFolder)
                Directory.CreateDirectory(HostPath(path));
            else if (Path.Exists(HostPath(path)) || new FileInfo(HostPath(path)).LinkTarget is not null)
                throw new BuildException($"{what} has {path}, which the root file system has already; remove one of the two.");
            else if (entry.LinkTarget is { } target)
                AddLink(path, target);
            else
                AddFile(path, File.ReadAllBytes(Path.Combine(from, entry.Path)), ModeOf(entry));
        }
    }

    static UnixFileMode ModeOf(FileTreeEntry entry) =>
        entry.Mode.HasFlag(UnixFileMode.UserExecute) ? FileModes.Program : FileModes.File;

    /// <summary>Sets the modes of folders, and all times to <paramref name="time"/>. Must be the last call.</summary>
    public void Finish(DateTimeOffset time)
    {
        var entries = FileTree.List(folder);
        foreach (var entry in entries.Reverse())
        {
            var path = Path.Combine(folder, entry.Path);
            File.SetLastWriteTimeUtc(path, time.UtcDateTime);
            if (entry.IsFolder)
                File.SetUnixFileMode(path, folderModes.GetValueOrDefault(path, FileModes.Program));
        }

        File.SetLastWriteTimeUtc(folder, time.UtcDateTime);
        File.SetUnixFileMode(folder, FileModes.Program);
    }

    /// <summary>Makes the folder of a path.</summary>
    public void AddFolderOf(string path) => Directory.CreateDirectory(Path.GetDirectoryName(HostPath(path))!);
}
