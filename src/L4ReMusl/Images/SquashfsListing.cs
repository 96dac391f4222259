using System.Globalization;
using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Images;

/// <summary>Reads the pseudo file of <c>unsquashfs -pf</c>: unlike its listings it has whole times, and names that can be told apart.</summary>
static partial class SquashfsListing
{
    /// <summary>Reads a listing.</summary>
    /// <returns>The entries, sorted by path, files without their hashes.</returns>
    /// <exception cref="InvalidDataException">There is an entry that no root file system of this build has.</exception>
    public static IReadOnlyList<ImageEntry> Read(string path) =>
    [
        .. File.ReadLines(path).TakeWhile(line => !line.StartsWith('#')).Select(Parse).OrderBy(entry => entry.Path, StringComparer.Ordinal),
    ];

    // path type time mode user group, and then: size, offset and sparseness of a file, the target of a link, or a device's
    // numbers. The type is a small letter for what is made, a capital one for what is read from a file system.
    static ImageEntry Parse(string line)
    {
        if (Line().Match(line) is not { Success: true } match)
            throw new InvalidDataException($"'{line}' is neither a file nor a folder nor a link nor a device");
        var type = match.Groups["type"].Value switch
        {
            "D" => EntryType.Folder,
            "S" => EntryType.Link,
            "C" => EntryType.CharacterDevice,
            "B" => EntryType.BlockDevice,
            _ => EntryType.File,
        };
        var rest = match.Groups["rest"].Value;
        return new ImageEntry(
            "/" + Escaped().Replace(match.Groups["path"].Value, "$1").TrimStart('/'),
            type,
            (UnixFileMode)Convert.ToInt32(match.Groups["mode"].Value, 8),
            $"{match.Groups["user"].Value}:{match.Groups["group"].Value}",
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture)),
            type == EntryType.File ? long.Parse(rest.Split(' ')[0], CultureInfo.InvariantCulture) : 0,
            type switch
            {
                EntryType.Link => rest,
                EntryType.CharacterDevice or EntryType.BlockDevice => rest.Replace(' ', ':'),
                _ => "",
            });
    }

    /// <summary>A name as it stands in a pseudo file.</summary>
    public static string Escape(string name) =>
        name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);

    [GeneratedRegex(
        @"^(?<path>(?:\\.|[^\\ ])+) (?<type>[DRSCB]) (?<time>\d+) (?<mode>[0-7]+) (?<user>\d+) (?<group>\d+)(?: (?<rest>.*))?$")]
    private static partial Regex Line();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
