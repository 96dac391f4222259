using System.Text;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Images;

/// <summary>Writes cpio archives of the format "newc" without inode numbers, link counts or owners of the host.</summary>
/// <remarks>
/// GNU cpio takes times, the mode of the root folder and, before 2.14, link counts of folders from the host, so its output
/// would need corrections.
/// </remarks>
/// <param name="archive">The archive.</param>
/// <param name="time">The time of everything in it.</param>
sealed class NewcWriter(Stream archive, DateTimeOffset time)
{
    const int EndNumber = 0;

    int entries;
    long position;

    /// <summary>Writes a whole archive.</summary>
    /// <param name="tree">The folder of its content.</param>
    /// <param name="devices">The device nodes. They come last, after their folders.</param>
    public void Write(string tree, IEnumerable<DeviceNode> devices)
    {
        Add(NewcReader.Folder, FileModes.Program, ".", []);
        foreach (var entry in FileTree.List(tree))
        {
            if (entry.LinkTarget is { } target)
                Add(NewcReader.Link, ImageEntry.LinkMode, entry.Path, Encoding.UTF8.GetBytes(target));
            else if (entry.IsFolder)
                Add(NewcReader.Folder, entry.Mode, entry.Path, []);
            else
                Add(NewcReader.RegularFile, entry.Mode, entry.Path, File.ReadAllBytes(Path.Combine(tree, entry.Path)));
        }

        foreach (var device in devices)
        {
            var type = device.Type == EntryType.BlockDevice ? NewcReader.BlockDevice : NewcReader.CharacterDevice;
            Add(type, device.Mode, device.Path[1..], [], ((uint)device.Major, (uint)device.Minor));
        }

        Put(new NewcHeader(0, 0, 0, 0, 0, NewcHeader.End.Length + 1).ToBytes(EndNumber));
        PutPadded(Encoding.UTF8.GetBytes($"{NewcHeader.End}\0"));
    }

    void Add(uint type, UnixFileMode mode, string path, byte[] content, (uint Major, uint Minor) device = default)
    {
        var name = Encoding.UTF8.GetBytes($"{path}\0");
        var header = new NewcHeader(type | (uint)mode, 0, 0, (uint)time.ToUnixTimeSeconds(), (uint)content.Length, name.Length)
        {
            Device = device,
        };
        Put(header.ToBytes(++entries));
        PutPadded(name);
        PutPadded(content);
    }

    void Put(byte[] bytes)
    {
        archive.Write(bytes);
        position += bytes.Length;
    }

    // Names and contents are padded to multiples of four, counted from the beginning of the archive.
    void PutPadded(byte[] bytes)
    {
        Put(bytes);
        Put(new byte[-position & 3]);
    }
}
