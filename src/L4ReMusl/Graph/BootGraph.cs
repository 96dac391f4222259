using L4ReMusl.Backend;
using L4ReMusl.Boot;
using L4ReMusl.L4Re;
using L4ReMusl.Musl;
using L4ReMusl.NativeBoot;
using L4ReMusl.Packaging;
using L4ReMusl.Settings;
using L4ReMusl.Sources;
using L4ReMusl.Stages;

namespace L4ReMusl.Graph;

/// <summary>The stages of kernels, boot sets, and what is made in the user's L4Re tree.</summary>
/// <param name="context">What they work with.</param>
/// <param name="fetcherInto">Makes what downloads into a folder.</param>
/// <param name="mirrors">The mirrors of Debian's archive.</param>
/// <param name="musl">The prefixes, for the package in the tree.</param>
/// <param name="flavour">The native programs.</param>
/// <param name="rust">The native program in Rust.</param>
/// <param name="components">Say whether anything is built in Rust.</param>
/// <param name="root">The images of root file systems.</param>
public sealed class BootGraph(
    BuildContext context,
    Func<string, ArchiveFetcher> fetcherInto,
    DebianMirrors mirrors,
    MuslGraph musl,
    L4ReFlavourGraph flavour,
    RustGraph rust,
    ComponentGraph components,
    RootGraph root)
{
    /// <summary>Holds the kernels.</summary>
    public KernelStore Store => field ??= new(
        context.Layout.Kernels,
        new LockedKernels(
            new KernelLock(context.Layout.KernelLock), fetcherInto, context.Settings.Get(Parameters.Locked), context.Log),
        mirrors,
        context.Settings.Offline,
        context.Settings.UpdateKernels,
        context.Tools,
        context.Log);

    /// <summary>Fetch the kernels.</summary>
    /// <exception cref="BuildException">The architecture has no description of its emulation.</exception>
    public PerArchitecture<KernelStage> Kernels => field ??= new(architecture =>
        new KernelStage(context.Layout, architecture, BootSetStage.EmulationOf(architecture), Store, context.Tools));

    /// <summary>Make the boot sets.</summary>
    /// <exception cref="BuildException">The architecture has no description of its emulation.</exception>
    public PerArchitecture<BootSetStage> Sets => field ??= new(architecture =>
    {
        var emulation = BootSetStage.EmulationOf(architecture);
        return new BootSetStage(
            context.Layout,
            architecture,
            emulation,
            Kernels[architecture],
            root.Images[architecture].FirstOrDefault(image => image.Format.Name == emulation.Root.ImageFormat),
            Tree?.Architecture == architecture ? TreeImages : null);
    });

    /// <summary>Builds the package in the user's L4Re tree; <see langword="null"/> if there is none.</summary>
    public TreePackageStage? TreePackage => field ??= Tree is { } tree
        ? new(context.Layout, tree, musl.Prefixes[tree.Architecture], NativeFor(tree), context.Tools)
        : null;

    /// <summary>Collects what L4Re's boot images hold; <see langword="null"/> if there is no L4Re tree.</summary>
    public L4ReAssetsStage? Assets => field ??= Tree is { Architecture: { } architecture }
        ? new(
            context.Layout,
            architecture,
            root.Images[architecture],
            Kernels[architecture],
            flavour.Tests[architecture],
            // A root file system with a Rust program means that there is a compiler for this one.
            components.HasCrates ? rust.Natives[architecture] : null,
            flavour.LinuxRuns[architecture]!,
            new LinuxRunTestStage(context.Layout, musl.Prefixes[architecture], context.Tools))
        : null;

    /// <summary>Makes L4Re's boot images; <see langword="null"/> if there is no L4Re tree.</summary>
    public TreeImagesStage? TreeImages => field ??= Tree is { } tree
        ? new(context.Layout, tree, musl.Prefixes[tree.Architecture], flavour.Prefixes[tree.Architecture], TreePackage!, Assets!,
            context.Tools, context.Display)
        : null;

    /// <summary>All stages that work in the L4Re tree or for it.</summary>
    public IEnumerable<IStage> OfTree => new IStage?[] { Assets, TreePackage, TreeImages }.OfType<IStage>();

    // With a tree, both flavours are the default.
    L4RePrefixStage? NativeFor(L4ReTree tree) =>
        context.Settings.Flavours is { Count: > 0 } flavours && !flavours.Contains(Flavour.L4Re)
            ? null
            : flavour.Prefixes[tree.Architecture];

    L4ReTree? Tree => context.Settings.Tree;
}
