using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Images;

/// <summary>Lists what is in an image, as it is read back from the image itself, in a file beside it (see <see cref="Mtree"/>).</summary>
/// <param name="layout">Where the image lies.</param>
/// <param name="architecture">What its root file system is for.</param>
/// <param name="image">Makes the image.</param>
/// <param name="tools">Runs the formats' tools.</param>
public sealed class ManifestStage(BuildLayout layout, Architecture architecture, ImageStage image, ToolRunner tools) : IStage
{
    const string Recipe = "1";

    /// <inheritdoc/>
    public string Name => $"manifest-{architecture.Name}-{image.Format.Name}";

    /// <inheritdoc/>
    public string Output => layout.ImageManifest(architecture, image.Format);

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(("recipe", Recipe), ("image", image.Inputs.Digest));

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        using var extracted = new ScratchFolder();
        var entries = image.Format.Read(image.Output, extracted.Path, tools);
        File.WriteAllText(scratch, Mtree.Describe(entries.Select(entry => entry.ForManifest())));
        File.SetUnixFileMode(scratch, FileModes.File);
        return [new Figure("entries", entries.Count.ToString())];
    }
}
