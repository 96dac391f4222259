using L4ReMusl.Foundation.Files;
using L4ReMusl.Images;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Images;

/// <summary>A tree with what is difficult to put into an image, and how it must be in there.</summary>
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
        ("etc", null, "755"), ("etc/empty", "", "644"), ("etc/hostname", "here\n", "644"), ("etc/same", "here\n", "600"), ("etc/shadow", "secret\n", "640"),
        ("etc/grüße/日本", "UTF-8", "644"), ("etc/grüße", null, "755"), (LongFolder, null, "755"), (LongPath, new string('x', 200_001), "444"), ("opt", null, "755"),
        ("proc", null, "555"), ("root", null, "700"), ("tmp", null, "1777"),
    ];

    static readonly (string Path, string Target)[] Links =
        [("etc/short", "hostname"), ("etc/long", LongTarget), ("etc/li nk", "grüße/a -> b"), ("run", "tmp")];

    /// <summary>What is in an image, and in no folder.</summary>
    public static IReadOnlyList<DeviceNode> Devices { get; } =
    [
        new("/dev/console", EntryType.CharacterDevice, Mode("600"), 5, 1),
        new("/dev/x y/mmcblk0", EntryType.BlockDevice, Mode("660"), 179, 12),
    ];

    /// <summary>What an image must record, sorted by path.</summary>
    public static IReadOnlyList<ImageEntry> Entries { get; } =
    [
        .. Files.Select(file => file.Content is null
                ? new ImageEntry($"/{file.Path}", EntryType.Folder, Mode(file.Mode), "0:0", Time, 0, "")
                : new ImageEntry($"/{file.Path}", EntryType.File, Mode(file.Mode), "0:0", Time, file.Content.Length, Fingerprint.Sha256(file.Content)))
            .Concat(Links.Select(link => new ImageEntry($"/{link.Path}", EntryType.Link, Mode("777"), "0:0", Time, 0, link.Target)))
            .Concat(Devices.Select(device => device.ToEntry(Time)))
            .Prepend(new ImageEntry("/", EntryType.Folder, FileModes.Program, "0:0", Time, 0, ""))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal),
    ];

    /// <summary>Makes the tree.</summary>
    /// <param name="temp">Where.</param>
    /// <param name="name">Its path there.</param>
    /// <param name="reverse">In the opposite order, and so with other numbers and places in the file system.</param>
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

    static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
