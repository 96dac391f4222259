
namespace L4ReMusl.Foundation.Files;

/// <summary>Writes a root file system into a folder, so that neither user, umask nor time leave a trace in it.</summary>
/// <param name="folder">The folder; made when needed.</param>
/// <remarks>Paths begin with a slash and are those in the root file system.</remarks>
public sealed class RootFsWriter(string folder)
{
    // A folder's mode may forbid its owner to write into it, so it is set last.
    readonly Dictionary<string, UnixFileMode> folderModes = new(StringComparer.Ordinal);

    /// <summary>The path on this machine.</summary>
    public string HostPath(string path) => Path.Combine(folder, path.TrimStart('/'));

    /// <summary>Makes a folder and those above it, or gives one that is there another mode.</summary>
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

    /// <summary>Copies a tree of files and links; what its owner may execute everybody may, and folders that are there stay as they are.</summary>
    /// <param name="from">The folder that holds it.</param>
    /// <param name="what">What to call it in errors.</param>
    /// <exception cref="BuildException">One of its files or links is there already.</exception>
    public void AddTree(string from, string what)
    {
        foreach (var entry in FileTree.List(from))
        {
            var path = $"/{entry.Path}";
            if (entry.IsFolder)
                Directory.CreateDirectory(HostPath(path));
            else if (Path.Exists(HostPath(path)) || new FileInfo(HostPath(path)).LinkTarget is not null)
                throw new BuildException($"{what} has {path}, which something else brought into the root file system already; one of them must go.");
            else if (entry.LinkTarget is { } target)
                AddLink(path, target);
            else
                AddFile(path, File.ReadAllBytes(Path.Combine(from, entry.Path)), entry.Mode.HasFlag(UnixFileMode.UserExecute) ? FileModes.Program : FileModes.File);
        }
    }

    /// <summary>Sets the modes of folders, and all times to <paramref name="time"/>. The last call.</summary>
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
