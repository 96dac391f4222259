using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Images;

/// <summary>Compares what was read back from an image with the tree that it was made from.</summary>
/// <param name="time">The time that everything must have.</param>
public sealed class ImageVerifier(DateTimeOffset time)
{
    const int MaximumShown = 10;
    const string LostAndFound = "/lost+found"; // Every ext4 file system has it.

    /// <summary>The device nodes that must be there in addition.</summary>
    public IReadOnlyList<DeviceNode> Devices { get; init; } = [];

    /// <summary>Checks an image.</summary>
    /// <param name="image">The image, for messages.</param>
    /// <param name="tree">The folder of its content.</param>
    /// <param name="read">What was read back.</param>
    /// <exception cref="BuildException">The image differs from the tree.</exception>
    public void Verify(string image, string tree, IEnumerable<ImageEntry> read)
    {
        var expected = FileTree.List(tree).Select(entry => Expected(tree, entry))
            .Concat(Devices.Select(device => device.ToEntry(time)))
            .Prepend(new ImageEntry("/", EntryType.Folder, FileModes.Program, ImageEntry.Root, time, 0, ""))
            .ToDictionary(entry => entry.Path);
        var found = read.Where(entry => entry.Path != LostAndFound).ToDictionary(entry => entry.Path);
        var differences = expected.Keys.Union(found.Keys)
            .Where(path => expected.GetValueOrDefault(path) != found.GetValueOrDefault(path))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{Environment.NewLine}  {found.GetValueOrDefault(path)?.ToString() ?? $"no {path}"} "
                + $"instead of {expected.GetValueOrDefault(path)?.ToString() ?? "nothing"}")
            .ToList();
        if (differences.Count > 0)
        {
            throw new BuildException(
                $"The image '{image}' differs from '{tree}' in {differences.Count} entries, which is a defect of this build or "
                + "of a tool that it uses:"
                + string.Concat(differences.Take(MaximumShown)));
        }
    }

    ImageEntry Expected(string tree, FileTreeEntry entry)
    {
        var path = $"/{entry.Path}";
        if (entry.LinkTarget is { } target)
            return new ImageEntry(path, EntryType.Link, ImageEntry.LinkMode, ImageEntry.Root, time, 0, target);
        if (entry.IsFolder)
            return new ImageEntry(path, EntryType.Folder, entry.Mode, ImageEntry.Root, time, 0, "");
        var hash = Fingerprint.Sha256OfFile(Path.Combine(tree, entry.Path));
        return new ImageEntry(path, EntryType.File, entry.Mode, ImageEntry.Root, time, entry.Length, hash);
    }
}
