using System.Globalization;
using System.Text.RegularExpressions;
using L4ReMusl.Incremental;
using L4ReMusl.Processes;

namespace L4ReMusl.Images;

/// <summary>Checks an ext4 image against the tree that it was made of, by reading it back.</summary>
/// <param name="time">The time that everything must have.</param>
/// <param name="tools">Runs e2fsprogs.</param>
public sealed partial class Ext4Verifier(DateTimeOffset time, ToolRunner tools)
{
    const int MaximumShown = 10;

    /// <summary>Checks an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="tree">The folder of its content.</param>
    /// <param name="headroom">The space that must be free, in bytes.</param>
    /// <returns>The space that is free, in bytes.</returns>
    /// <exception cref="BuildException">The image is damaged, too full, or holds anything else than the tree.</exception>
    public long Verify(string image, string tree, long headroom)
    {
        tools.Run(new ToolInvocation("e2fsck", "-fn", image)).OrThrow($"find '{image}' free of errors");
        var expected = FileTree.List(tree).Select(entry => Expected(tree, entry)).ToDictionary(entry => entry.Path);
        var found = new Ext4Reader(tools).Read(image).Where(entry => entry.Path != "/lost+found").ToDictionary(entry => entry.Path);
        var differences = expected.Keys.Union(found.Keys)
            .Where(path => expected.GetValueOrDefault(path) != found.GetValueOrDefault(path))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{Environment.NewLine}  {found.GetValueOrDefault(path)?.ToString() ?? $"no {path}"} "
                + $"instead of {expected.GetValueOrDefault(path)?.ToString() ?? "nothing"}")
            .ToList();
        if (differences.Count > 0)
            throw new BuildException(
                $"The image '{image}' differs from '{tree}' in {differences.Count} entries, which is a defect of this build or of e2fsprogs:"
                + string.Concat(differences.Take(MaximumShown)));

        var free = FreeBytes(image);
        return free >= headroom
            ? free
            : throw new BuildException($"The image '{image}' has {free} bytes free and must have {headroom}; its size is computed wrongly.");
    }

    Ext4Entry Expected(string tree, FileTreeEntry entry)
    {
        var permissions = Convert.ToString((int)entry.Mode, 8).PadLeft(4, '0');
        var seconds = time.ToUnixTimeSeconds().ToString();
        var path = $"/{entry.Path}";
        return entry.LinkTarget is { } target ? new Ext4Entry(path, "120777", "0:0", seconds, target)
            : entry.IsFolder ? new Ext4Entry(path, $"4{permissions}", "0:0", seconds, "")
            : new Ext4Entry(path, $"10{permissions}", "0:0", seconds, Fingerprint.Sha256OfFile(Path.Combine(tree, entry.Path)));
    }

    long FreeBytes(string image)
    {
        var header = tools.Run(new ToolInvocation("debugfs", "-R", "stats -h", image)).OrThrow($"read the superblock of '{image}'").Output;
        return long.Parse(FreeBlocks().Match(header).Groups[1].Value, CultureInfo.InvariantCulture) * Ext4Size.BlockSize;
    }

    [GeneratedRegex(@"^Free blocks:\s+(\d+)$", RegexOptions.Multiline)]
    private static partial Regex FreeBlocks();
}
