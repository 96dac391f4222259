using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Images;

/// <summary>Makes an image of a root file system, and reads it back.</summary>
/// <param name="architecture">What the root file system is for.</param>
/// <param name="format">The kind of image.</param>
/// <param name="root">The inputs of the stage that makes the root file system.</param>
/// <param name="context">What images are made with.</param>
public sealed class ImageStage(Architecture architecture, IImageFormat format, Fingerprint root, ImageContext context) : IStage
{
    const string Recipe = "2";

    /// <summary>The kind of image.</summary>
    public IImageFormat Format => format;

    /// <inheritdoc/>
    public string Name => $"image-{architecture.Name}-{format.Name}";

    /// <inheritdoc/>
    public string Output => context.Layout.Image(architecture, format);

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
    [
        ("recipe", Recipe),
        ("root", root.Digest),
        ("time", context.Time.ToUnixTimeSeconds().ToString()),
        .. format.Inputs(context),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var tree = context.Layout.RootFs(architecture);
        var figures = format.Write(tree, scratch, context);
        using var extracted = new ScratchFolder();
        new ImageVerifier(context.Time) { Devices = context.Devices }
            .Verify(scratch, tree, format.Read(scratch, extracted.Path, context.Tools));
        File.SetUnixFileMode(scratch, FileModes.File);
        return [Figure.Size("size", new FileInfo(scratch).Length), .. figures];
    }
}
