using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Images;

/// <summary>A file, folder, link or device node in an ext4 image.</summary>
/// <param name="Path">Its path, beginning with a slash.</param>
/// <param name="Inode">The number of its inode. debugfs finds it faster than a path, whose names it looks up one by one.</param>
/// <param name="TypeAndMode">Type and permission bits, as in <c>st_mode</c>.</param>
/// <param name="Owner">The user id and group id, such as <c>0:0</c>.</param>
sealed record Ext4Node(string Path, string Inode, int TypeAndMode, string Owner)
{
    public const int Folder = 0x4, File = 0x8, Link = 0xa, CharacterDevice = 0x2, BlockDevice = 0x6;

    /// <summary>One of the constants above, or another type.</summary>
    public int Type => TypeAndMode >> 12;

    public UnixFileMode Mode => (UnixFileMode)(TypeAndMode & 0xfff);

    /// <summary>The inode as an argument of a debugfs command.</summary>
    public string Reference => $"<{Inode}>";
}

/// <summary>Asks <c>debugfs</c> about an ext4 image, without mounting it.</summary>
/// <param name="image">The image.</param>
/// <param name="tools">Runs <c>debugfs</c>.</param>
sealed partial class Ext4Listing(string image, ToolRunner tools)
{
    const string Prompt = "debugfs: ";

    static readonly Ext4Node Root = new("/", "2", (Ext4Node.Folder << 12) | 0b111_101_101, ImageEntry.Root);

    /// <summary>The root folder and everything below it, each folder before its content.</summary>
    /// <exception cref="BuildException">The image cannot be read.</exception>
    public IReadOnlyList<Ext4Node> Read()
    {
        var nodes = new List<Ext4Node> { Root };
        IReadOnlyList<Ext4Node> folders = [Root];
        while (folders.Count > 0)
        {
            var found = folders
                .Zip(Run(folders.Select(folder => $"ls -p {folder.Reference}")))
                .SelectMany(listing =>
                    Line().Matches(listing.Second).Select(match => Parse(listing.First.Path.TrimEnd('/'), match)))
                .ToList();
            if (found.Find(node => node.Path == "/.") is { } root)
                nodes[0] = root with { Path = "/" };
            found.RemoveAll(node => Path.GetFileName(node.Path) is "." or "..");
            nodes.AddRange(found);
            folders = [.. found.Where(node => node.Type == Ext4Node.Folder)];
        }

        return nodes;
    }

    /// <summary>Runs commands in one session.</summary>
    /// <returns>The output of each.</returns>
    public IReadOnlyList<string> Run(IEnumerable<string> commands)
    {
        var script = string.Concat(commands.Select(command => command + '\n'));
        var result = tools.Run(new ToolInvocation("debugfs", "-f", "-", image) { Input = script }).OrThrow($"read '{image}'");
        return [.. $"\n{result.Output}".Split($"\n{Prompt}").Skip(1)];
    }

    static Ext4Node Parse(string folder, Match match) => new(
        $"{folder}/{match.Groups["name"].Value}",
        match.Groups["inode"].Value,
        Convert.ToInt32(match.Groups["mode"].Value, 8),
        $"{match.Groups["user"].Value}:{match.Groups["group"].Value}");

    // /inode/mode/user/group/name/size/
    [GeneratedRegex(@"^/(?<inode>\d+)/(?<mode>\d+)/(?<user>\d+)/(?<group>\d+)/(?<name>[^/]+)/\d*/$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
