using System.Formats.Tar;

namespace L4ReMusl.Foundation.Files;

/// <summary>Writes folders into a tar archive in GNU's format. Everything in it is root's and has the same time.</summary>
/// <remarks>It is not in the newer pax format, because .NET writes its process id into that.</remarks>
/// <param name="stream">Receives the archive; it stays open.</param>
/// <param name="time">The time of everything in it.</param>
public sealed class TreeTar(Stream stream, DateTimeOffset time) : IDisposable
{
    const string User = "root";

    readonly TarWriter writer = new(stream, TarEntryFormat.Gnu, leaveOpen: true);

    /// <summary>Adds a folder without what is in it.</summary>
    /// <param name="name">Its name in the archive, with a slash at the end.</param>
    /// <param name="mode">Its mode.</param>
    public void AddFolder(string name, UnixFileMode mode) => writer.WriteEntry(Entry(TarEntryType.Directory, name, mode));

    /// <summary>Adds everything that is in a folder, in ordinal order.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Its name in the archive, with a slash at the end.</param>
    public void AddContent(string folder, string name)
    {
        foreach (var file in FileTree.List(folder))
        {
            var entry = file switch
            {
                { LinkTarget: not null } => Entry(TarEntryType.SymbolicLink, name + file.Path, FileModes.Link),
                { IsFolder: true } => Entry(TarEntryType.Directory, $"{name}{file.Path}/", file.Mode),
                _ => Entry(TarEntryType.RegularFile, name + file.Path, file.Mode),
            };
            if (file.LinkTarget is { } target)
                entry.LinkName = target;
            using var content = file.IsFile ? File.OpenRead(Path.Combine(folder, file.Path)) : null;
            if (content is not null)
                entry.DataStream = content;
            writer.WriteEntry(entry);
        }
    }

    /// <summary>Adds a device node.</summary>
    /// <param name="name">Its name in the archive.</param>
    /// <param name="isBlock">Whether it is a block device and not a character device.</param>
    /// <param name="mode">Its mode.</param>
    /// <param name="major">Its major number.</param>
    /// <param name="minor">Its minor number.</param>
    public void AddDevice(string name, bool isBlock, UnixFileMode mode, int major, int minor)
    {
        var entry = Entry(isBlock ? TarEntryType.BlockDevice : TarEntryType.CharacterDevice, name, mode);
        (entry.DeviceMajor, entry.DeviceMinor) = (major, minor);
        writer.WriteEntry(entry);
    }

    /// <summary>Writes the end of the archive.</summary>
    public void Dispose() => writer.Dispose();

    GnuTarEntry Entry(TarEntryType type, string name, UnixFileMode mode) => new(type, name)
    {
        Uid = 0,
        Gid = 0,
        UserName = User,
        GroupName = User,
        Mode = mode,
        ModificationTime = time,
    };
}
