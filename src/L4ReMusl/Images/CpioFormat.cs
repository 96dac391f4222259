using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;
using L4ReMusl.Sources;

namespace L4ReMusl.Images;

/// <summary>An initramfs for Linux: a cpio archive in the format "newc", compressed with gzip.</summary>
public sealed class CpioFormat : IImageFormat
{
    const long MaximumSize = 4L << 30;

    /// <inheritdoc/>
    public string Name => "cpio.gz";

    /// <inheritdoc/>
    public string Suffix => ".cpio.gz";

    /// <inheritdoc/>
    public IReadOnlyList<HostTool> Tools => [];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Inputs(ImageContext context) => [("compressor", GzipFile.Compressor)];

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Write(string tree, string image, ImageContext context)
    {
        GzipFile.Write(image, compressed => new NewcWriter(compressed, context.Time).Write(tree, context.Devices));
        return [];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ImageEntry> Read(string image, string folder, ToolRunner tools)
    {
        try
        {
            using var stream = new BoundedStream(new GZipInputStream(File.OpenRead(image)), MaximumSize);
            var entries = NewcReader.Read(stream, new ExtractedImage(folder));
            stream.Drain();
            return entries;
        }
        catch (Exception e) when (e is InvalidDataException or SharpZipBaseException or IOException)
        {
            throw new BuildException($"The image '{image}' cannot be read: {e.Message.TrimEnd('.')}; delete and rebuild it.", e);
        }
    }
}
