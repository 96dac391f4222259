using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Images;

/// <summary>Writes what a reader finds in an image into a folder, and never outside it, whatever the image says.</summary>
/// <param name="folder">The folder; it exists and is empty.</param>
sealed class ExtractedImage(string folder)
{
    readonly Dictionary<string, ImageEntry> entries = new(StringComparer.Ordinal);

    /// <summary>Adds a folder, a link, or a device node. A device node is only recorded, not created.</summary>
    /// <exception cref="InvalidDataException">Its path is not valid.</exception>
    public void Add(ImageEntry entry)
    {
        var path = Claim(entry.Path, entry.Type);
        if (entry.Type == EntryType.Folder)
            Directory.CreateDirectory(path);
        else if (entry.Type == EntryType.Link)
            File.CreateSymbolicLink(path, entry.Content);
        entries[entry.Path] = entry;
    }

    /// <summary>Adds a file.</summary>
    /// <param name="entry">What the image records about it, except size and hash.</param>
    /// <param name="content">Its content, from here to the end.</param>
    /// <exception cref="InvalidDataException">Its path is not valid.</exception>
    public void Add(ImageEntry entry, Stream content)
    {
        var path = Claim(entry.Path, EntryType.File);
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            content.CopyTo(file);
        entries[entry.Path] = entry with { Size = new FileInfo(path).Length, Content = Fingerprint.Sha256OfFile(path) };
        File.SetUnixFileMode(path, entry.Mode);
    }

    /// <summary>Sets the modes of the folders.</summary>
    /// <returns>All entries, sorted by path.</returns>
    public IReadOnlyList<ImageEntry> Finish()
    {
        List<ImageEntry> sorted = [.. entries.Values.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
        foreach (var entry in sorted.Where(entry => entry.Type == EntryType.Folder).Reverse())
            File.SetUnixFileMode(HostPath(entry.Path), entry.Mode);
        return sorted;
    }

    string HostPath(string path) => Path.Combine(folder, path.TrimStart('/'));

    string Claim(string path, EntryType type)
    {
        if (path == "/" && type == EntryType.Folder && !entries.ContainsKey(path))
            return folder;
        if (!path.StartsWith('/') || path[1..].Split('/').Any(part => part is "" or "." or "..") || path.Contains('\0'))
            throw new InvalidDataException($"it has an entry with the invalid path '{path}'");
        if (Path.GetDirectoryName(path) is var parent and not "/" && entries.GetValueOrDefault(parent!)?.Type != EntryType.Folder)
            throw new InvalidDataException($"the folder of '{path}' is missing");
        return entries.ContainsKey(path) ? throw new InvalidDataException($"it contains '{path}' twice") : HostPath(path);
    }
}
