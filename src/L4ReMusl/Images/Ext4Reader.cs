using System.Globalization;
using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Images;

/// <summary>Reads the whole content of an ext4 image back, without mounting it.</summary>
/// <param name="tools">Runs <c>debugfs</c>.</param>
sealed partial class Ext4Reader(ToolRunner tools)
{
    /// <summary>Reads the root folder and everything below it.</summary>
    /// <exception cref="BuildException">The image cannot be read.</exception>
    public IReadOnlyList<ImageEntry> Read(string image, string folder)
    {
        try
        {
            return Extract(new Ext4Listing(image, tools), new ExtractedImage(folder));
        }
        catch (InvalidDataException e)
        {
            throw new BuildException($"The image '{image}' cannot be read: {e.Message}; delete and rebuild it.", e);
        }
    }

    static IReadOnlyList<ImageEntry> Extract(Ext4Listing image, ExtractedImage extracted)
    {
        using var scratch = new ScratchFolder();
        string Dumped(int index) => Path.Combine(scratch.Path, index.ToString());
        var nodes = image.Read();
        var status = image.Run(nodes.Select(node => $"stat {node.Reference}"));
        image.Run(nodes.Index()
            .Where(node => node.Item.Type is Ext4Node.File or Ext4Node.Link)
            .Select(node => $"dump {node.Item.Reference} {DebugfsScript.Quote(Dumped(node.Index))}"));
        foreach (var (index, node) in nodes.Index())
        {
            var entry = WithTimes(
                new ImageEntry(node.Path, EntryType.Folder, node.Mode, node.Owner, default, 0, ""),
                status[index]);
            switch (node.Type)
            {
                case Ext4Node.Folder:
                    extracted.Add(entry);
                    break;
                case Ext4Node.Link:
                    extracted.Add(entry with { Type = EntryType.Link, Content = TargetOf(status[index], Dumped(index)) });
                    break;
                case Ext4Node.File:
                    using (var content = File.OpenRead(Dumped(index)))
                        extracted.Add(entry with { Type = EntryType.File }, content);
                    break;
                case Ext4Node.CharacterDevice:
                    extracted.Add(entry with { Type = EntryType.CharacterDevice, Content = NumbersOf(status[index]) });
                    break;
                case Ext4Node.BlockDevice:
                    extracted.Add(entry with { Type = EntryType.BlockDevice, Content = NumbersOf(status[index]) });
                    break;
                default:
                    throw new InvalidDataException($"'{node.Path}' is not a file, folder, link or device");
            }
        }

        return extracted.Finish();
    }

    // A short target lies in the inode itself, a long one in a block, like the content of a file.
    static string TargetOf(string status, string dumped) =>
        ShortTarget().Match(status) is { Success: true } match ? match.Groups[1].Value : File.ReadAllText(dumped);

    static string NumbersOf(string status) => DeviceNumbers().Match(status) is { Success: true } match
        ? $"{int.Parse(match.Groups[1].Value)}:{int.Parse(match.Groups[2].Value)}"
        : throw new InvalidDataException("it contains a device without numbers");

    static ImageEntry WithTimes(ImageEntry entry, string status)
    {
        var times = Time().Matches(status).ToLookup(
            match => match.Groups[1].Value,
            match => long.Parse(match.Groups[2].Value, NumberStyles.HexNumber));
        var content = times["m"].First();
        return entry with
        {
            Time = DateTimeOffset.FromUnixTimeSeconds(content),
            OtherTimes = string.Join(' ', times.SelectMany(time => time).Distinct().Where(time => time != content)),
        };
    }

    [GeneratedRegex("^ ?(c|a|m|cr)time: 0x([0-9a-f]+)", RegexOptions.Multiline)]
    private static partial Regex Time();

    [GeneratedRegex("^Fast link dest: \"(.*)\"$", RegexOptions.Multiline)]
    private static partial Regex ShortTarget();

    [GeneratedRegex(@"^Device major/minor number: (\d+):(\d+) ", RegexOptions.Multiline)]
    private static partial Regex DeviceNumbers();
}
