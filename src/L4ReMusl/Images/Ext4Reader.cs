using System.Globalization;
using System.Text.RegularExpressions;
using L4ReMusl.Manifests;
using L4ReMusl.Processes;

namespace L4ReMusl.Images;

/// <summary>Reads everything back that is in an ext4 image, without mounting it.</summary>
/// <param name="tools">Runs <c>debugfs</c>.</param>
sealed partial class Ext4Reader(ToolRunner tools)
{
    const string Prompt = "debugfs: ";
    const string FolderType = "4", FileType = "10", LinkType = "12"; // The first octal digits of st_mode.

    /// <summary>Reads the root folder and everything below it.</summary>
    /// <exception cref="BuildException">The image cannot be read.</exception>
    public IReadOnlyList<ImageEntry> Read(string image, string folder)
    {
        var nodes = new List<Node> { new("/", "40755", ImageEntry.Root) };
        IReadOnlyList<string> folders = [""];
        while (folders.Count > 0)
        {
            var found = folders
                .Zip(Run(image, folders.Select(path => $"ls -p {DebugfsScript.Quote($"{path}/")}")))
                .SelectMany(listing => Listing().Matches(listing.Second).Select(match => new Node(
                    $"{listing.First}/{match.Groups["name"].Value}",
                    match.Groups["mode"].Value.TrimStart('0'),
                    $"{match.Groups["user"].Value}:{match.Groups["group"].Value}")))
                .ToList();
            if (found.Find(node => node.Path == "/.") is { } root)
                nodes[0] = root with { Path = "/" };
            found.RemoveAll(node => Path.GetFileName(node.Path) is "." or "..");
            nodes.AddRange(found);
            folders = [.. found.Where(node => node.Type == FolderType).Select(node => node.Path)];
        }

        try
        {
            return Extract(image, nodes, new ExtractedImage(folder));
        }
        catch (InvalidDataException e)
        {
            throw new BuildException($"The image '{image}' cannot be read: {e.Message}; make it again.", e);
        }
    }

    IReadOnlyList<ImageEntry> Extract(string image, List<Node> nodes, ExtractedImage extracted)
    {
        using var scratch = new ScratchFolder();
        string Dumped(int index) => Path.Combine(scratch.Path, index.ToString());
        var status = Run(image, nodes.Select(node => $"stat {DebugfsScript.Quote(node.Path)}"));
        Run(image, nodes.Index()
            .Where(node => node.Item.Type is FileType or LinkType)
            .Select(node => $"dump {DebugfsScript.Quote(node.Item.Path)} {DebugfsScript.Quote(Dumped(node.Index))}"));
        foreach (var (index, node) in nodes.Index())
        {
            var entry = WithTimes(new ImageEntry(node.Path, EntryType.Folder, node.Mode, node.Owner, default, 0, ""), status[index]);
            switch (node.Type)
            {
                case FolderType:
                    extracted.Add(entry);
                    break;
                case LinkType:
                    extracted.Add(entry with { Type = EntryType.Link, Content = TargetOf(status[index], Dumped(index)) });
                    break;
                case FileType:
                    using (var content = File.OpenRead(Dumped(index)))
                        extracted.Add(entry with { Type = EntryType.File }, content);
                    break;
                default:
                    throw new InvalidDataException($"'{node.Path}' is neither a file nor a folder nor a link");
            }
        }

        return extracted.Finish();
    }

    // A short target lies in the inode itself, a long one in a block as if it were a file's content.
    static string TargetOf(string status, string dumped) =>
        ShortTarget().Match(status) is { Success: true } match ? match.Groups[1].Value : File.ReadAllText(dumped);

    static ImageEntry WithTimes(ImageEntry entry, string status)
    {
        var times = Time().Matches(status).ToLookup(match => match.Groups[1].Value, match => long.Parse(match.Groups[2].Value, NumberStyles.HexNumber));
        var content = times["m"].First();
        return entry with
        {
            Time = DateTimeOffset.FromUnixTimeSeconds(content),
            OtherTimes = string.Join(' ', times.SelectMany(time => time).Distinct().Where(time => time != content)),
        };
    }

    /// <summary>Runs commands in one session.</summary>
    /// <returns>What each of them printed.</returns>
    List<string> Run(string image, IEnumerable<string> commands)
    {
        var script = string.Concat(commands.Select(command => command + '\n'));
        var result = tools.Run(new ToolInvocation("debugfs", "-f", "-", image) { Input = script }).OrThrow($"read '{image}'");
        return [.. $"\n{result.Output}".Split($"\n{Prompt}").Skip(1)];
    }

    // /inode/mode/user/group/name/size/
    [GeneratedRegex(@"^/\d+/(?<mode>\d+)/(?<user>\d+)/(?<group>\d+)/(?<name>[^/]+)/\d*/$", RegexOptions.Multiline)]
    private static partial Regex Listing();

    [GeneratedRegex("^ ?(c|a|m|cr)time: 0x([0-9a-f]+)", RegexOptions.Multiline)]
    private static partial Regex Time();

    [GeneratedRegex("^Fast link dest: \"(.*)\"$", RegexOptions.Multiline)]
    private static partial Regex ShortTarget();

    sealed record Node(string Path, string TypeAndMode, string Owner)
    {
        public string Type => TypeAndMode[..^4];

        public UnixFileMode Mode => (UnixFileMode)Convert.ToInt32(TypeAndMode[^4..], 8);
    }
}
