
namespace L4ReMusl.Foundation.Files;

/// <summary>A folder for a tree that is needed only for a moment.</summary>
sealed class ScratchFolder : IDisposable
{
    const UnixFileMode OwnersAccess = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("l4re-musl-image-").FullName;

    /// <summary>Deletes it, with folders in it that not even their owner may write to.</summary>
    public void Dispose()
    {
        OpenFolders(Path);
        FileTree.Delete(Path);
    }

    // From above: what is below a folder that may not be read is not seen before.
    static void OpenFolders(string folder)
    {
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | OwnersAccess);
        foreach (var below in new DirectoryInfo(folder).EnumerateDirectories().Where(below => below.LinkTarget is null))
            OpenFolders(below.FullName);
    }
}
