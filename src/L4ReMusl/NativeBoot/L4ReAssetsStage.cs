using L4ReMusl.Boot;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.NativeBoot;

/// <summary>Collects what L4Re's boot images hold besides the runtime: root file system, a Linux for the virtual machine, native programs.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="architecture">What it is for.</param>
/// <param name="images">The images of the root file system that are made.</param>
/// <param name="kernels">Has the Linux kernel.</param>
/// <param name="programs">Makes the native programs.</param>
/// <param name="rust">Makes the native program in Rust; <see langword="null"/> for none.</param>
/// <param name="tools">Unpacks the kernel.</param>
public sealed class L4ReAssetsStage(
    BuildLayout layout, Architecture architecture, IReadOnlyList<ImageStage> images, KernelStore kernels, IStage programs, IStage? rust, ToolRunner tools) : IStage
{
    const string Recipe = "1";

    /// <summary>The file with the word that the guest of the virtual machine signs its results with.</summary>
    public const string TokenFile = "smoke-token";

    // The names that the modules list has.
    static readonly (IImageFormat Format, string FileName)[] Wanted = [(ImageFormatCatalogue.Ext4, "lsb_root.img"), (ImageFormatCatalogue.Cpio, "lsb_root.cpio.gz")];

    /// <inheritdoc/>
    public string Name => $"l4re-assets-{architecture.Name}";

    /// <inheritdoc/>
    public string Output => layout.L4ReAssets(architecture);

    /// <inheritdoc/>
    public Fingerprint Inputs
    {
        get
        {
            var kernel = kernels.Pinned(Emulation);
            return new Fingerprint([
                ("recipe", Recipe),
                .. Wanted.Select(wanted => (wanted.FileName, ImageOf(wanted.Format).Inputs.Digest)),
                ("kernel", $"{kernel.Name} {kernel.Version} {kernel.Sha256}"),
                ("native programs", programs.Inputs.Digest),
                ("native program in Rust", rust?.Inputs.Digest ?? "none"),
                ("native commands", NativePrograms.Recipe(rust is not null)),
            ]);
        }
    }

    /// <summary>The stages that make the native programs, which must have run before.</summary>
    public IEnumerable<IStage> Programs => rust is null ? [programs] : [programs, rust];

    Emulation Emulation => architecture.Emulation!;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var kernel = kernels.Pinned(Emulation);
        Directory.CreateDirectory(scratch);
        File.SetUnixFileMode(scratch, FileModes.Program);
        foreach (var (format, fileName) in Wanted)
            File.Copy(ImageOf(format).Output, Path.Combine(scratch, fileName));
        new KernelImage(tools).Extract(kernel, kernels.FileOf(kernel), Path.Combine(scratch, "linux"));
        // As good as a random one: no guest can know what it will be built from.
        FileModes.WriteFile(Path.Combine(scratch, TokenFile), Inputs.Digest[..16] + "\n");
        NativePrograms.Write(Path.Combine(scratch, NativePrograms.Folder), ProgramOf(programs), rust is null ? null : ProgramOf(rust));
        return [Figure.Size("size", FileTree.Size(scratch))];
    }

    /// <summary>Makes sure that the kernel is in the cache.</summary>
    public void FetchKernel() => _ = kernels.Fetch(Emulation);

    // Both stages make a program for each backend, which has its name.
    static string ProgramOf(IStage stage) => Path.Combine(stage.Output, Flavour.L4Re.Name);

    ImageStage ImageOf(IImageFormat format) => images.FirstOrDefault(image => image.Format == format)
        ?? throw new BuildException($"L4Re's boot images hold the root file system as {format.Name}, too; add '{format.Name}' to --image-formats.");
}
