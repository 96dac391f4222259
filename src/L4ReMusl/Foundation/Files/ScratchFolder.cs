
namespace L4ReMusl.Foundation.Files;

/// <summary>A temporary folder for a tree.</summary>
sealed class ScratchFolder : IDisposable
{
    const UnixFileMode OwnersAccess = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("l4re-musl-image-").FullName;

    /// <summary>Deletes it, including folders that not even their owner may write to.</summary>
    public void Dispose()
    {
        OpenFolders(Path);
        FileTree.Delete(Path);
    }

    // From the top down: the content of a folder that may not be read cannot be listed before.
    static void OpenFolders(string folder)
    {
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | OwnersAccess);
        foreach (var below in new DirectoryInfo(folder).EnumerateDirectories().Where(below => below.LinkTarget is null))
            OpenFolders(below.FullName);
    }
}
