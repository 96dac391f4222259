using System.Globalization;
using System.Text.RegularExpressions;
using L4ReMusl.Incremental;
using L4ReMusl.Processes;

namespace L4ReMusl.Images;

/// <summary>Reads everything back that is in an ext4 image, without mounting it.</summary>
/// <param name="tools">Runs <c>debugfs</c>.</param>
public sealed partial class Ext4Reader(ToolRunner tools)
{
    const string Prompt = "debugfs: ";

    /// <summary>Reads all entries below the root folder.</summary>
    /// <exception cref="BuildException">The image cannot be read.</exception>
    public IReadOnlyList<Ext4Entry> Read(string image)
    {
        var entries = new List<Ext4Entry>();
        IReadOnlyList<string> folders = [""];
        while (folders.Count > 0)
        {
            var found = folders
                .Zip(Run(image, folders.Select(folder => $"ls -p {DebugfsScript.Quote($"{folder}/")}")))
                .SelectMany(listing => Listing().Matches(listing.Second).Select(match => new Ext4Entry(
                    $"{listing.First}/{match.Groups["name"].Value}",
                    match.Groups["mode"].Value.TrimStart('0'),
                    $"{match.Groups["user"].Value}:{match.Groups["group"].Value}",
                    "", "")))
                .Where(entry => !entry.Path.EndsWith("/.", StringComparison.Ordinal) && !entry.Path.EndsWith("/..", StringComparison.Ordinal))
                .ToList();
            entries.AddRange(found);
            folders = [.. found.Where(entry => IsType(entry, "4")).Select(entry => entry.Path)];
        }

        return WithTimesAndContent(image, entries);
    }

    List<Ext4Entry> WithTimesAndContent(string image, List<Ext4Entry> entries)
    {
        var scratch = Directory.CreateTempSubdirectory("l4re-musl-image-");
        try
        {
            string Dumped(int index) => Path.Combine(scratch.FullName, index.ToString());
            var status = Run(image, entries.Select(entry => $"stat {DebugfsScript.Quote(entry.Path)}"));
            Run(image, entries.Index()
                .Where(entry => !IsType(entry.Item, "4"))
                .Select(entry => $"dump {DebugfsScript.Quote(entry.Item.Path)} {DebugfsScript.Quote(Dumped(entry.Index))}"));
            return
            [
                .. entries.Index().Select(entry => entry.Item with
                {
                    Times = Seconds(status[entry.Index]),
                    Content = Content(entry.Item, status[entry.Index], Dumped(entry.Index)),
                }),
            ];
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    // A short target lies in the inode itself, a long one in a block as if it were a file's content.
    static string Content(Ext4Entry entry, string status, string dumped) => entry switch
    {
        _ when IsType(entry, "4") => "",
        _ when IsType(entry, "12") => ShortTarget().Match(status) is { Success: true } match ? match.Groups[1].Value : File.ReadAllText(dumped),
        _ => Fingerprint.Sha256OfFile(dumped),
    };

    static string Seconds(string status) => string.Join(' ', Time().Matches(status)
        .Select(match => long.Parse(match.Groups[1].Value, NumberStyles.HexNumber))
        .Distinct());

    static bool IsType(Ext4Entry entry, string type) => entry.TypeAndMode[..^4] == type;

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

    [GeneratedRegex("^ ?(?:c|a|m|cr)time: 0x([0-9a-f]+)", RegexOptions.Multiline)]
    private static partial Regex Time();

    [GeneratedRegex("^Fast link dest: \"(.*)\"$", RegexOptions.Multiline)]
    private static partial Regex ShortTarget();
}
