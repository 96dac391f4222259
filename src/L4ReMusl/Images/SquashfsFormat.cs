using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;

namespace L4ReMusl.Images;

/// <summary>squashfs, compressed with zstd, written and read by squashfs-tools 4.5 or newer.</summary>
public sealed class SquashfsFormat : IImageFormat
{
    static readonly string[] Options =
    [
        "-noappend", "-quiet", "-no-progress", "-reproducible",
        "-comp", "zstd", "-Xcompression-level", "19", "-b", "128K",
        // Owners, attributes and hard links are the host's.
        "-all-root", "-root-mode", "0755", "-no-xattrs", "-no-hardlinks",
    ];

    /// <inheritdoc/>
    public string Name => "squashfs";

    /// <inheritdoc/>
    public string Suffix => ".squashfs";

    /// <inheritdoc/>
    public IReadOnlyList<HostTool> Tools { get; } = [Tool("mksquashfs"), Tool("unsquashfs")];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Inputs(ImageContext context) =>
        [("squashfs-tools", context.VersionOf("mksquashfs", "-version")), ("mksquashfs", string.Join(' ', Options))];

    /// <inheritdoc/>
    /// <remarks>The bytes also depend on the version of libzstd, which mksquashfs does not report.</remarks>
    public bool IsCacheable => false;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Write(string tree, string image, ImageContext context)
    {
        var seconds = context.Time.ToUnixTimeSeconds().ToString();
        var devices = context.Devices.SelectMany(device => new[]
        {
            // Path, type, mode, user, group, major, minor.
            "-p", $"{SquashfsListing.Escape(device.Path[1..])} {device.Letter} {Convert.ToString((int)device.Mode, 8)} 0 0 "
                + $"{device.Major} {device.Minor}",
        });
        context.Tools.Run(new ToolInvocation("mksquashfs", [
            tree, image, .. Options,
            "-mkfs-time", seconds, "-all-time", seconds,
            .. devices,
        ])).OrThrow($"make a squashfs image of '{tree}'");
        return [];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ImageEntry> Read(string image, string folder, ToolRunner tools)
    {
        using var scratch = new ScratchFolder();
        var listing = Path.Combine(scratch.Path, "listing");
        tools.Run(new ToolInvocation("unsquashfs", "-no-progress", "-pf", listing, image)).OrThrow($"read '{image}'");
        try
        {
            // The listing is read before anything is extracted, because unsquashfs must not try to create the device nodes:
            // without root it would fail.
            var entries = SquashfsListing.Read(listing);
            Extract(image, folder, entries, tools);
            return [.. entries.Select(entry => entry.Type != EntryType.File ? entry : entry with
            {
                Content = Fingerprint.Sha256OfFile(Path.Combine(folder, entry.Path[1..])),
            })];
        }
        catch (InvalidDataException e)
        {
            throw new BuildException($"The image '{image}' cannot be read: {e.Message}; delete and rebuild it.", e);
        }
    }

    static void Extract(string image, string folder, IReadOnlyList<ImageEntry> entries, ToolRunner tools)
    {
        string[] devices =
        [
            .. entries.Where(entry => entry.Type is EntryType.CharacterDevice or EntryType.BlockDevice)
                .Select(entry => entry.Path[1..]),
        ];
        string[] excluded = devices.Length > 0 ? ["-no-wildcards", "-excludes"] : [];
        tools.Run(new ToolInvocation(
            "unsquashfs",
            ["-quiet", "-no-progress", "-strict-errors", "-no-xattrs", "-force", .. excluded,
                "-dest", folder, image, .. devices]))
            .OrThrow($"extract '{image}'");
    }

    static HostTool Tool(string program) =>
        new([program], "squashfs-tools", [ToolNeed.Image, ToolNeed.Test]) { VersionArguments = ["-version"] };
}
