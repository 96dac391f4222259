using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Images;

/// <summary>Makes an image of a tree, and reads it back.</summary>
/// <param name="format">The format of the image.</param>
/// <param name="content">What goes into it.</param>
/// <param name="context">What images are made with.</param>
public sealed class ImageStage(IImageFormat format, ImageContent content, ImageContext context) : Stage(content.Tree)
{
    const string Recipe = "2"; // Increment when the same inputs give another image.

    /// <summary>The architecture of what is in the image.</summary>
    public Architecture Architecture => content.Architecture;

    /// <summary>The format of the image.</summary>
    public IImageFormat Format => format;

    /// <inheritdoc/>
    public override string Name => $"{content.Stage}-{Architecture.Name}-{format.Name}";

    /// <inheritdoc/>
    public override string Output => context.Layout.Image(Architecture, format, content.File);

    /// <inheritdoc/>
    public override bool IsCacheable => format.IsCacheable;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ("time", context.Time.ToUnixTimeSeconds().ToString()),
        .. format.Inputs(context),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        var tree = content.Tree.Output;
        var figures = format.Write(tree, scratch, context);
        using var extracted = new ScratchFolder();
        new ImageVerifier(context.Time) { Devices = context.Devices }
            .Verify(scratch, tree, format.Read(scratch, extracted.Path, context.Tools));
        File.SetUnixFileMode(scratch, FileModes.File);
        return [Figure.Size("size", new FileInfo(scratch).Length), .. figures];
    }
}
