using L4ReMusl.Backend;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.NativeBoot;

/// <summary>
/// Collects what L4Re's boot images hold besides the runtime: root file system, Linux for the virtual machine, native programs.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="architecture">What it is for.</param>
/// <param name="images">Make the images of the root file system.</param>
/// <param name="kernel">Brings the Linux kernel.</param>
/// <param name="programs">Makes the native programs.</param>
/// <param name="rust">Makes the native program in Rust; <see langword="null"/> for none.</param>
/// <param name="linuxRun">Makes the program that runs those for Linux.</param>
/// <param name="linuxRunTests">Makes the programs that test it.</param>
public sealed class L4ReAssetsStage(
    BuildLayout layout,
    Architecture architecture,
    IReadOnlyList<ImageStage> images,
    IStage kernel,
    IStage programs,
    IStage? rust,
    LinuxRunStage linuxRun,
    LinuxRunTestStage linuxRunTests)
    : Stage([.. images.Where(IsWanted), kernel, programs, .. new[] { rust }.OfType<IStage>(), linuxRun, linuxRunTests])
{
    const string Recipe = "1"; // Count up when the same inputs give other assets.

    /// <summary>The file with the token that the guest of the virtual machine must print with its results.</summary>
    public const string TokenFile = "smoke-token";

    // The names in the modules list.
    static readonly (IImageFormat Format, string FileName)[] Wanted =
    [
        (ImageFormatCatalogue.Ext4, "lsb_root.img"),
        (ImageFormatCatalogue.Cpio, "lsb_root.cpio.gz"),
    ];

    /// <summary>Checks that the assets can be made, before anything is built for them.</summary>
    /// <param name="formats">The selected formats of images.</param>
    /// <exception cref="BuildException">A format that the assets need is not selected.</exception>
    public static void Validate(IReadOnlyList<IImageFormat> formats)
    {
        if (Wanted.FirstOrDefault(wanted => !formats.Contains(wanted.Format)) is { Format: { } missing })
            throw MissingFormat(missing);
    }

    /// <inheritdoc/>
    public override string Name => $"l4re-assets-{architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.L4ReAssets(architecture);

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        .. Wanted.Select(wanted => (wanted.FileName, ImageOf(wanted.Format).Name)),
        ("native commands", NativePrograms.Recipe(rust is not null)),
        ("Linux commands", LinuxPrograms.CommandFile),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        Directory.CreateDirectory(scratch);
        File.SetUnixFileMode(scratch, FileModes.Program);
        foreach (var (format, fileName) in Wanted)
            File.Copy(ImageOf(format).Output, Path.Combine(scratch, fileName));
        File.Copy(kernel.Output, Path.Combine(scratch, "linux"));
        // As good as a random one: no guest can know the digest of what it is part of.
        FileModes.WriteFile(Path.Combine(scratch, TokenFile), Inputs.Digest[..16] + "\n");
        NativePrograms.Write(
            Path.Combine(scratch, NativePrograms.Folder),
            ProgramOf(programs),
            rust is null ? null : ProgramOf(rust));
        LinuxPrograms.Write(
            Path.Combine(scratch, LinuxPrograms.Folder),
            linuxRun.Program,
            linuxRunTests.Output,
            ImageOf(ImageFormatCatalogue.Cpio).Output);
        return [Figure.Size("size", FileTree.Size(scratch))];
    }

    // Both stages make a program for each backend, named after it.
    static string ProgramOf(IStage stage) => Path.Combine(stage.Output, Flavour.L4Re.Name);

    static BuildException MissingFormat(IImageFormat format) =>
        new($"L4Re's boot images need the root file system as {format.Name} as well; add '{format.Name}' to --image-formats.");

    static bool IsWanted(ImageStage image) => Wanted.Any(wanted => wanted.Format == image.Format);

    ImageStage ImageOf(IImageFormat format) => images.FirstOrDefault(image => image.Format == format)
        ?? throw MissingFormat(format);
}
