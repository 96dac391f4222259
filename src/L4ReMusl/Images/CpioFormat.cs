using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;
using L4ReMusl.Sources;

namespace L4ReMusl.Images;

/// <summary>An initramfs for Linux: a cpio archive in the format "newc", compressed with gzip.</summary>
/// <remarks>
/// SharpZipLib compresses it, because its output depends only on its version. That of .NET's <c>GZipStream</c> comes from a
/// native library that changes with the runtime, and gzip itself would be another host tool whose version counts.
/// </remarks>
public sealed class CpioFormat : IImageFormat
{
    const int TimeOffset = 4, TimeLength = 4; // MTIME in the header of RFC 1952; zero means none.
    const int CompressionLevel = 9;
    const long MaximumSize = 4L << 30;

    /// <inheritdoc/>
    public string Name => "cpio.gz";

    /// <inheritdoc/>
    public string Suffix => ".cpio.gz";

    /// <inheritdoc/>
    public IReadOnlyList<HostTool> Tools => [];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Inputs(ImageContext context) =>
    [
        ("SharpZipLib", typeof(GZipOutputStream).Assembly.GetName().Version!.ToString()),
        ("compression level", $"{CompressionLevel}"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Write(string tree, string image, ImageContext context)
    {
        using (var compressed = new GZipOutputStream(File.Create(image)))
        {
            compressed.SetLevel(CompressionLevel);
            new NewcWriter(compressed, context.Time).Write(tree, context.Devices);
        }

        // The library always writes the current time here.
        using var header = File.OpenWrite(image);
        header.Position = TimeOffset;
        header.Write(new byte[TimeLength]);
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
