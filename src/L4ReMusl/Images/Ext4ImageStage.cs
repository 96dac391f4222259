using L4ReMusl.Architectures;
using L4ReMusl.Incremental;
using L4ReMusl.Processes;
using L4ReMusl.Reporting;

namespace L4ReMusl.Images;

/// <summary>Makes the ext4 image of a root file system, and reads it back.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="architecture">What the root file system is for.</param>
/// <param name="root">The inputs of the stage that makes the root file system.</param>
/// <param name="time">The time of everything in it.</param>
/// <param name="format">Makes the image.</param>
/// <param name="tools">Runs e2fsprogs.</param>
public sealed class Ext4ImageStage(BuildLayout layout, Architecture architecture, Fingerprint root, DateTimeOffset time, Ext4Image format, ToolRunner tools) : IStage
{
    const string Recipe = "1";

    /// <inheritdoc/>
    public string Name => $"image-{architecture.Name}";

    /// <inheritdoc/>
    public string Output => layout.Ext4Image(architecture);

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
        ("recipe", Recipe),
        ("root", root.Digest),
        ("time", time.ToUnixTimeSeconds().ToString()),
        ("config/mke2fs.conf", SourceFolder.HashOf(layout.Mke2fsConfiguration)),
        ("e2fsprogs", format.ToolVersion));

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var tree = layout.RootFs(architecture);
        var size = format.Write(tree, scratch);
        var free = new Ext4Verifier(time, tools).Verify(scratch, tree, size.Headroom);
        return [Figure.Size("size", size.Bytes), Figure.Size("free", free)];
    }
}
