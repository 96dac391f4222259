using L4ReMusl.Foundation.Files;
using L4ReMusl.Images;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Images;

/// <summary>A tree of files that are difficult to put into an image, and the entries expected in the image.</summary>
static class SampleTree
{
    public static readonly DateTimeOffset Time = new(2024, 3, 1, 12, 34, 56, TimeSpan.Zero);

    static readonly string LongTarget = string.Join('/', Enumerable.Repeat("..", 40)) + "/etc/hostname";
    static readonly string LongFolder = $"opt/{new string('l', 90)}";
    static readonly string LongPath = $"{LongFolder}/{new string('n', 120)}";

    static readonly (string Path, string? Content, string Mode)[] Files =
    [
        ("bin", null, "755"), ("bin/program \"one\" #1", "program", "755"), ("bin/back\\slash", "b", "644"),
        ("dev", null, "755"), ("dev/x y", null, "755"),
        ("etc", null, "755"), ("etc/empty", "", "644"), ("etc/hostname", "here\n", "644"),
        ("etc/same", "here\n", "600"), ("etc/shadow", "secret\n", "640"),
        ("etc/grüße/日本", "UTF-8", "644"), ("etc/grüße", null, "755"),
        (LongFolder, null, "755"), (LongPath, new string('x', 200_001), "444"), ("opt", null, "755"),
        ("proc", null, "555"), ("root", null, "700"), ("tmp", null, "1777"),
    ];

    static readonly (string Path, string Target)[] Links =
        [("etc/short", "hostname"), ("etc/long", LongTarget), ("etc/li nk", "grüße/a -> b"), ("run", "tmp")];

    /// <summary>Entries of an image that exist in no folder.</summary>
    public static IReadOnlyList<DeviceNode> Devices { get; } =
    [
        new("/dev/console", EntryType.CharacterDevice, Mode("600"), 5, 1),
        new("/dev/x y/mmcblk0", EntryType.BlockDevice, Mode("660"), 179, 12),
    ];

    /// <summary>What an image must record, sorted by path.</summary>
    public static IReadOnlyList<ImageEntry> Entries { get; } =
    [
        .. Files.Select(file => file.Content is { } content
                ? Entry(file.Path, EntryType.File, file.Mode, content.Length, Fingerprint.Sha256(content))
                : Entry(file.Path, EntryType.Folder, file.Mode, 0, ""))
            .Concat(Links.Select(link => Entry(link.Path, EntryType.Link, "777", 0, link.Target)))
            .Concat(Devices.Select(device => device.ToEntry(Time)))
            .Prepend(new ImageEntry("/", EntryType.Folder, FileModes.Program, "0:0", Time, 0, ""))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal),
    ];

    /// <summary>Makes the tree.</summary>
    /// <param name="temp">The folder that it goes into.</param>
    /// <param name="name">Its path there.</param>
    /// <param name="reverse">Makes it in reverse order, so with other inode numbers and places in the file system.</param>
    public static string Make(TempFolder temp, string name = "tree", bool reverse = false)
    {
        foreach (var (path, content, _) in reverse ? Files.Reverse() : Files)
        {
            if (content is null)
                Directory.CreateDirectory(temp[name, path]);
            else
                temp.Write($"{name}/{path}", content);
        }

        foreach (var (path, target) in reverse ? Links.Reverse() : Links)
            File.CreateSymbolicLink(temp[name, path], target);
        foreach (var (path, _, mode) in Files)
            File.SetUnixFileMode(temp[name, path], Mode(mode));
        return temp[name];
    }

    static ImageEntry Entry(string path, EntryType type, string mode, long size, string content) =>
        new($"/{path}", type, Mode(mode), "0:0", Time, size, content);

    static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
