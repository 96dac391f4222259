using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;
using L4ReMusl.Incremental;
using L4ReMusl.Processes;
using L4ReMusl.Provisioning;
using L4ReMusl.Reporting;
using L4ReMusl.Sources;
using L4ReMusl.Staging;

namespace L4ReMusl.Images;

/// <summary>An initramfs for Linux: an archive of cpio's format "newc", made by GNU cpio, 2.12 or newer, and compressed with gzip.</summary>
/// <remarks>
/// SharpZipLib compresses: its bytes depend on nothing but its version, while those of .NET's <c>GZipStream</c> come from a native
/// library that changes with the runtime, and the program gzip would be one more tool to install and to ask for its version.
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
    public IReadOnlyList<HostTool> Tools { get; } = [new(["cpio"], "cpio", [ToolNeed.Image, ToolNeed.Test])];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Inputs(ImageContext context) =>
    [
        ("cpio", context.VersionOf("cpio", "--version")),
        ("SharpZipLib", typeof(GZipOutputStream).Assembly.GetName().Version!.ToString()),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Write(string tree, string image, ImageContext context)
    {
        using var scratch = new ScratchFolder();
        var (copy, archive) = (Path.Combine(scratch.Path, "tree"), Path.Combine(scratch.Path, "archive"));
        CopyForCpio(tree, copy, context.Time);
        context.Tools.Run(new ToolInvocation(
            "cpio", "--create", "--format=newc", "--null", "--owner=0:0", "--reproducible", "--quiet", $"--file={archive}")
        {
            WorkingDirectory = copy,
            Input = string.Concat(FileTree.List(copy).Select(entry => entry.Path).Prepend(".").Select(path => $"{path}\0")),
        }).OrThrow($"make a cpio archive of '{tree}'");
        NewcHeader.FixLinkCounts(archive);
        Compress(archive, image);
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
            throw new BuildException($"The image '{image}' cannot be read: {e.Message.TrimEnd('.')}; make it again.", e);
        }
    }

    // cpio can set owners, but neither times nor the mode of the root; and files must have no other names.
    static void CopyForCpio(string tree, string copy, DateTimeOffset time)
    {
        FileTree.Copy(tree, copy);
        File.SetUnixFileMode(copy, FileModes.Program);
        foreach (var entry in FileTree.List(copy))
            File.SetLastWriteTimeUtc(Path.Combine(copy, entry.Path), time.UtcDateTime);
        File.SetLastWriteTimeUtc(copy, time.UtcDateTime);
    }

    static void Compress(string archive, string image)
    {
        using (var compressed = new GZipOutputStream(File.Create(image)))
        {
            compressed.SetLevel(CompressionLevel);
            using var content = File.OpenRead(archive);
            content.CopyTo(compressed);
        }

        // The library puts the clock's time here, and cannot be told another.
        using var header = File.OpenWrite(image);
        header.Position = TimeOffset;
        header.Write(new byte[TimeLength]);
    }
}
