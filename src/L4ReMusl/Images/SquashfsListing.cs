using System.Globalization;
using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Images;

/// <summary>Reads the pseudo file that <c>unsquashfs -pf</c> writes.</summary>
/// <remarks>Unlike the listings of unsquashfs, it has times to the second, and names are unambiguous.</remarks>
static partial class SquashfsListing
{
    /// <summary>Reads a listing.</summary>
    /// <returns>The entries, sorted by path, files without their hashes.</returns>
    /// <exception cref="InvalidDataException">There is an entry that no root file system may have.</exception>
    public static IReadOnlyList<ImageEntry> Read(string path) =>
    [
        .. File.ReadLines(path)
            .TakeWhile(line => !line.StartsWith('#'))
            .Select(Parse)
            .OrderBy(entry => entry.Path, StringComparer.Ordinal),
    ];

    // Path, type, time, mode, user and group; then size, offset and sparseness of a file, the target of a link, or the numbers
    // of a device. The type is a capital letter for what was read from a file system, a small one for what is to be created.
    static ImageEntry Parse(string line)
    {
        if (Line().Match(line) is not { Success: true } match)
            throw new InvalidDataException($"'{line}' is not a file, folder, link or device");
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

    /// <summary>Escapes a name for a pseudo file.</summary>
    public static string Escape(string name) =>
        name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);

    [GeneratedRegex(
        @"^(?<path>(?:\\.|[^\\ ])+) (?<type>[DRSCB]) (?<time>\d+) (?<mode>[0-7]+) (?<user>\d+) (?<group>\d+)(?: (?<rest>.*))?$")]
    private static partial Regex Line();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
