using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Stages;

namespace L4ReMusl.Images;

/// <summary>Lists the content of an image, as read back from the image itself, in a file beside it.</summary>
/// <remarks>The format is that of <see cref="Mtree"/>.</remarks>
/// <param name="layout">Where the image is.</param>
/// <param name="image">Makes the image.</param>
/// <param name="tools">Runs the formats' tools.</param>
public sealed class ManifestStage(BuildLayout layout, ImageStage image, ToolRunner tools) : Stage(image)
{
    const string Recipe = "1"; // Increment when the same image is described differently.

    /// <inheritdoc/>
    public override string Name => $"manifest-{image.Architecture.Name}-{image.Format.Name}";

    /// <inheritdoc/>
    public override string Output => layout.ImageManifest(image.Architecture, image.Format);

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs => [("recipe", Recipe)];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        using var extracted = new ScratchFolder();
        var entries = image.Format.Read(image.Output, extracted.Path, tools);
        File.WriteAllText(scratch, Mtree.Describe(entries.Select(entry => entry.ForManifest())));
        File.SetUnixFileMode(scratch, FileModes.File);
        return [new Figure("entries", entries.Count.ToString())];
    }
}
