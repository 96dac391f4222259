using L4ReMusl.Components;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Boot;

/// <summary>
/// Makes a boot set: a relocatable folder with a kernel, a root file system, and a script that boots them in QEMU.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="architecture">What it is for.</param>
/// <param name="emulation">How it is booted.</param>
/// <param name="kernel">Provides the kernel.</param>
/// <param name="image">Makes the image; <see langword="null"/> if no image of the right format is made.</param>
/// <param name="l4re">Makes L4Re's boot images, which are included; <see langword="null"/> for none.</param>
public sealed class BootSetStage(
    BuildLayout layout, Architecture architecture, Emulation emulation, KernelStage kernel, IStage? image, IStage? l4re)
    : Stage([kernel, .. new[] { image, l4re }.OfType<IStage>()])
{
    const string Recipe = "1"; // Count up when the same inputs give another boot set.
    const string Sums = "SHA256SUMS";

    readonly BootSetTemplates templates = new(layout.BootTemplates);

    /// <inheritdoc/>
    public override string Name => $"boot-set-{architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.BootSet(architecture);

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ("root file system", Image.Name),
        ("signed index", kernel.Package.IndexSha256),
        ("emulation", string.Join(' ',
        [
            emulation.QemuSystem,
            emulation.QemuPackage,
            emulation.Machine,
            emulation.Processor,
            .. emulation.Root.QemuArguments,
        ])),
        ("machine for L4Re", architecture.L4Re.Machine ?? "none"),
        ("command line", emulation.KernelArguments),
        .. templates.Inputs(),
        // Their contents: the inputs of their stage do not include the L4Re tree's own state.
        .. L4ReImages.Select(path => ($"l4re/{Path.GetFileName(path)}", Fingerprint.Sha256OfFile(path))),
    ];

    string[] L4ReImages => l4re is not null && Directory.Exists(l4re.Output)
        ? [.. Directory.GetFiles(l4re.Output).Order(StringComparer.Ordinal)]
        : [];

    IStage Image => image ?? throw MissingFormat(architecture, emulation);

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        Directory.CreateDirectory(scratch);
        File.Copy(kernel.Output, Path.Combine(scratch, "kernel"));
        File.Copy(Image.Output, Path.Combine(scratch, emulation.Root.FileName));
        File.WriteAllText(Path.Combine(scratch, "cmdline"), emulation.KernelArguments + "\n");
        templates.WriteTo(scratch, architecture, emulation, kernel.Package, L4ReImages.Length > 0);
        foreach (var path in L4ReImages)
            File.Copy(path, Path.Combine(scratch, Path.GetFileName(path)));
        WriteSums(scratch);
        foreach (var entry in FileTree.List(scratch).Where(entry => !BootSetTemplates.IsScript(entry.Path)))
            File.SetUnixFileMode(Path.Combine(scratch, entry.Path), FileModes.File);
        File.SetUnixFileMode(scratch, FileModes.Program);
        return
        [
            new Figure("kernel", kernel.Package.Version),
            Figure.Size("size", FileTree.Size(scratch)),
            new Figure("in", Path.GetRelativePath(layout.Root, Output)),
        ];
    }

    /// <summary>Checks that boot sets can be made, before anything is built for them.</summary>
    /// <param name="architectures">The selected architectures.</param>
    /// <param name="imageFormats">The names of the selected formats of images.</param>
    /// <param name="components">The selected components, and what they depend on.</param>
    /// <exception cref="BuildException">A component with an init, an emulator or an image format is missing.</exception>
    public static void Validate(
        IEnumerable<Architecture> architectures, IEnumerable<string> imageFormats, IEnumerable<Component> components)
    {
        if (!components.Any(component => component.Init is not null))
            throw new BuildException(
                "A root file system boots only if one of its components has an init, and none of the selected ones has; "
                + "add busybox to --components.");
        foreach (var architecture in architectures)
        {
            var emulation = EmulationOf(architecture);
            if (!imageFormats.Contains(emulation.Root.ImageFormat))
                throw MissingFormat(architecture, emulation);
        }
    }

    /// <summary>How an architecture is booted.</summary>
    /// <exception cref="BuildException">Its description does not say.</exception>
    public static Emulation EmulationOf(Architecture architecture) => architecture.Emulation
        ?? throw new BuildException(
            $"{architecture} cannot be booted: config/architectures/{architecture}.json has no 'emulation'; "
            + "choose others with --architectures.");

    static BuildException MissingFormat(Architecture architecture, Emulation emulation) => new(
        $"A boot set for {architecture} needs the root file system as {emulation.Root.ImageFormat}; "
        + $"add '{emulation.Root.ImageFormat}' to --image-formats.");

    // In the form that "sha256sum -c" reads.
    static void WriteSums(string set) => File.WriteAllText(Path.Combine(set, Sums), string.Concat(
        FileTree.List(set).Select(entry => $"{Fingerprint.Sha256OfFile(Path.Combine(set, entry.Path))}  {entry.Path}\n")));
}
