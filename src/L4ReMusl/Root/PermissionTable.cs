namespace L4ReMusl.Root;

/// <summary>The table of what git cannot store, such as empty folders and modes. Its first lines describe its format.</summary>
public sealed class PermissionTable
{
    PermissionTable(IReadOnlyList<PermissionEntry> entries) => Entries = entries;

    /// <summary>The lines, in the order of the table.</summary>
    public IReadOnlyList<PermissionEntry> Entries { get; }

    /// <summary>Reads a table from a file.</summary>
    /// <exception cref="BuildException">A line is wrong; the message names file and line.</exception>
    public static PermissionTable Read(string file) => Parse(File.ReadAllText(file), file);

    /// <summary>Reads a table.</summary>
    /// <param name="text">The table.</param>
    /// <param name="name">Its name in error messages.</param>
    /// <exception cref="BuildException">A line is wrong; the message names table and line.</exception>
    public static PermissionTable Parse(string text, string name)
    {
        var entries = new List<PermissionEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var fields = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0)
                continue;
            var entry = ParseLine(fields, problem => new BuildException($"{name}, line {index + 1}: {problem}"));
            if (!seen.Add(entry.Path))
                throw new BuildException($"{name}, line {index + 1}: '{entry.Path}' already has a line; remove one of them.");
            entries.Add(entry);
        }

        return new PermissionTable(entries);
    }

    static PermissionEntry ParseLine(string[] fields, Func<string, BuildException> error)
    {
        if (fields.Length < 3)
            throw error("there must be a path, a type and a mode, as in '/tmp d 1777'.");
        var (path, type, mode) = (fields[0], fields[1], fields[2]);
        if (!IsCleanPath(path))
            throw error($"the path '{path}' must begin with '/', not end with it, and have no part that is '.', '..' or empty.");
        if (fields.Length != (type is "l" or "c" or "b" ? 4 : 3))
        {
            throw error(type switch
            {
                "l" => $"the link '{path}' must have exactly four fields; the fourth is its target.",
                "c" or "b" => $"the device '{path}' must have exactly four fields; the fourth is its numbers, such as 5:1.",
                _ => $"'{path}' must have exactly three fields; only links (l) and devices (c, b) have a fourth.",
            });
        }

        return type switch
        {
            "d" => new PermissionEntry(path, PermissionKind.Folder, Mode(mode, error), null),
            "f" => new PermissionEntry(path, PermissionKind.File, Mode(mode, error), null),
            "l" => Link(path, mode, fields[3], error),
            "c" => new PermissionEntry(path, PermissionKind.CharacterDevice, Mode(mode, error), Numbers(fields[3], error)),
            "b" => new PermissionEntry(path, PermissionKind.BlockDevice, Mode(mode, error), Numbers(fields[3], error)),
            _ => throw error($"the type '{type}' is unknown; it must be 'd' (folder), 'f' (file), 'l' (link), "
                + "'c' (character device) or 'b' (block device)."),
        };
    }

    static PermissionEntry Link(string path, string mode, string target, Func<string, BuildException> error)
    {
        if (mode != "-")
            throw error($"the mode of the link '{path}' must be '-', because links have none.");
        if (target.StartsWith('/'))
            throw error($"the target '{target}' must be relative, so that the link stays inside the root file system.");
        return new PermissionEntry(path, PermissionKind.Link, default, target);
    }

    // All formats can store numbers up to 255: ext4's older form of device numbers has eight bits for each.
    static string Numbers(string text, Func<string, BuildException> error) =>
        text.Split(':') is [var major, var minor]
        && ushort.TryParse(major, out var first) && ushort.TryParse(minor, out var second) && first <= 255 && second <= 255
            ? $"{first}:{second}"
            : throw error($"the numbers '{text}' must be a major and a minor number up to 255, such as 5:1.");

    static UnixFileMode Mode(string text, Func<string, BuildException> error)
    {
        if (text.Length is not (3 or 4) || !text.All(digit => digit is >= '0' and <= '7'))
            throw error($"the mode '{text}' must be an octal number of three or four digits, such as 0755.");
        return (UnixFileMode)Convert.ToInt32(text, 8);
    }

    static bool IsCleanPath(string path) =>
        path.StartsWith('/') && path[1..].Split('/').All(part => part is not ("" or "." or ".."));
}
