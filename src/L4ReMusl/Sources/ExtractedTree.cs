using System.Formats.Tar;

namespace L4ReMusl.Sources;

/// <summary>A tree made from the entries of an archive. Each entry is checked before it is written.</summary>
/// <param name="archive">The archive's name, for messages.</param>
/// <param name="topFolder">The folder that must hold every entry; it becomes the root.</param>
/// <param name="root">The folder to make.</param>
sealed class ExtractedTree(string archive, string topFolder, string root)
{
    const UnixFileMode OwnersAccess = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const int Permissions = 0b111_111_111; // Without set-user-ID, set-group-ID and sticky bit.

    enum Kind
    {
        Folder,
        File,
        Link,
    }

    // All entries so far, by path below the root: this class writes only to what it created itself.
    readonly Dictionary<string, Kind> kinds = new(StringComparer.Ordinal) { [""] = Kind.Folder };
    readonly List<(string Path, string Target)> links = [];
    readonly List<(string Path, TarEntry Entry)> folders = [];

    /// <summary>Writes one entry.</summary>
    /// <returns>The number of bytes that it takes in addition to those in the archive.</returns>
    /// <exception cref="BuildException">The entry is refused.</exception>
    public long Add(TarEntry entry)
    {
        var path = PathOf(entry.Name, entry.Name);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Claim(path, Kind.Folder, entry);
                Directory.CreateDirectory(Full(path));
                folders.Add((path, entry));
                return 0;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                Claim(path, Kind.File, entry);
                Write(path, entry, entry.DataStream ?? Stream.Null);
                return 0;
            case TarEntryType.HardLink:
                return CopyOf(entry, path);
            case TarEntryType.SymbolicLink:
                Claim(path, Kind.Link, entry);
                File.CreateSymbolicLink(Full(path), entry.LinkName);
                links.Add((path, entry.LinkName));
                return 0;
            default:
                throw Refuse(
                    entry.Name, $"is of the kind {entry.EntryType}; source archives may contain only files, folders and links");
        }
    }

    /// <summary>Checks where the links lead, and sets the modes and times of the folders.</summary>
    /// <returns>The number of files and links.</returns>
    /// <exception cref="BuildException">A link leads out of the tree.</exception>
    public int Finish()
    {
        if (kinds.Count == 1)
            throw new InvalidDataException("it is empty");
        foreach (var (path, target) in links)
            CheckTarget(path, target);
        // Children first, since every change in a folder changes its time. The owner must be able to delete its content.
        foreach (var (path, entry) in folders.OrderByDescending(folder => folder.Path.Length))
        {
            File.SetUnixFileMode(Full(path), ModeOf(entry) | OwnersAccess);
            Directory.SetLastWriteTimeUtc(Full(path), entry.ModificationTime.UtcDateTime);
        }

        return kinds.Values.Count(kind => kind != Kind.Folder);
    }

    string Full(string path) => Path.Combine(root, path);

    static UnixFileMode ModeOf(TarEntry entry) => (UnixFileMode)((int)entry.Mode & Permissions);

    BuildException Refuse(string name, string why) => new(
        $"{archive} is refused: its entry '{Printable(name)}' {why}. Nothing was extracted; use the archive that upstream "
        + "released.");

    static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));

    // The path below the root for the name of an entry, or for the target of a hard link.
    string PathOf(string entryName, string name)
    {
        if (name.Any(char.IsControl))
            throw Refuse(entryName, "has a control character in a name");
        if (name.StartsWith('/'))
            throw Refuse(entryName, $"has the absolute path '{name}'");
        string[] parts = [.. name.Split('/').Where(part => part is not ("" or "."))];
        if (parts.Contains(".."))
            throw Refuse(entryName, "has '..' in a path");
        if (parts.Length == 0 || parts[0] != topFolder)
            throw Refuse(entryName, $"is outside the folder '{topFolder}', which must contain all entries");
        return string.Join('/', parts[1..]);
    }

    // Prepares the path of an entry: its parents must be folders, and what already exists there must be of the same kind.
    void Claim(string path, Kind kind, TarEntry entry)
    {
        if (path.Length == 0 && kind != Kind.Folder)
            throw Refuse(entry.Name, "should be a folder");
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var parent = path[..slash];
            if (kinds.TryAdd(parent, Kind.Folder))
                continue;
            if (kinds[parent] != Kind.Folder)
                throw Refuse(entry.Name, $"is below '{parent}', which is {(kinds[parent] == Kind.Link ? "a link" : "a file")}");
        }

        if (!kinds.TryAdd(path, kind))
        {
            if (kinds[path] != kind || kind == Kind.Link)
                throw Refuse(entry.Name, $"appears twice, as {kinds[path]} and as {kind}");
            if (kind == Kind.File)
                File.Delete(Full(path));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
    }

    void Write(string path, TarEntry entry, Stream content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        using (var file = new FileStream(Full(path), options))
            content.CopyTo(file);
        File.SetUnixFileMode(Full(path), ModeOf(entry));
        File.SetLastWriteTimeUtc(Full(path), entry.ModificationTime.UtcDateTime);
    }

    // .NET cannot create hard links, and a source tree does not need them.
    long CopyOf(TarEntry entry, string path)
    {
        var original = PathOf(entry.Name, entry.LinkName);
        if (kinds.GetValueOrDefault(original, Kind.Folder) != Kind.File || original == path)
            throw Refuse(entry.Name, $"is a hard link to '{entry.LinkName}', which is not an earlier file in the archive");
        Claim(path, Kind.File, entry);
        using var content = File.OpenRead(Full(original));
        Write(path, entry, content);
        return content.Length;
    }

    // Follows the target of a symbolic link. Links on the way are refused, because a '..' after one leads elsewhere.
    void CheckTarget(string link, string target)
    {
        if (target.Length == 0 || target.StartsWith('/') || target.Any(char.IsControl))
            throw Refuse($"{topFolder}/{link}", $"is a link to '{Printable(target)}', which is not a relative path");
        var place = link.Split('/')[..^1].ToList();
        string[] steps = [.. target.Split('/').Where(step => step is not ("" or "."))];
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i] != "..")
                place.Add(steps[i]);
            else if (place.Count == 0)
                throw Refuse($"{topFolder}/{link}", $"is a link to '{target}', which leads out of '{topFolder}'");
            else
                place.RemoveAt(place.Count - 1);
            if (i < steps.Length - 1 && kinds.GetValueOrDefault(string.Join('/', place), Kind.Folder) == Kind.Link)
                throw Refuse($"{topFolder}/{link}", $"is a link to '{target}', which goes through another link");
        }
    }
}
