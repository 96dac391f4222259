using L4ReMusl.Backend;
using L4ReMusl.Boot;
using L4ReMusl.Components;
using L4ReMusl.Debian;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Images;
using L4ReMusl.L4Re;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.NativeBoot;
using L4ReMusl.Packaging;
using L4ReMusl.Patching;
using L4ReMusl.Root;
using L4ReMusl.Rust;
using L4ReMusl.Settings;
using L4ReMusl.Sources;
using L4ReMusl.Stages;
using Serilog;

namespace L4ReMusl.Goals;

/// <summary>Composes the stages for what the user asked for. Nothing is read or asked before it is needed.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="layout">Where everything lies.</param>
/// <param name="runner">Runs tools.</param>
/// <param name="display">Shows progress.</param>
/// <param name="log">Is told what is fetched.</param>
public sealed class StageSet(BuildSettings settings, BuildLayout layout, ToolRunner runner, ProgressDisplay display, ILogger log)
{
    readonly ToolchainLocator locator = new(runner);
    readonly Dictionary<Architecture, Toolchain> toolchains = [];
    readonly Dictionary<Architecture, ArchitectureStages> architectures = [];

    /// <summary>The architectures that there are.</summary>
    public IReadOnlyList<Architecture> KnownArchitectures => field ??= Machines.Architectures.In(layout.Architectures);

    /// <summary>The archive of musl.</summary>
    public SourceArchive Archive => field ??= SourceCatalogue.Read(layout.SourceCatalogue).Find("musl", settings.MuslVersion);

    /// <summary>The patches for it.</summary>
    public PatchSeries Series => field ??= PatchSeries.Read(layout.MuslPatches(settings.MuslVersion));

    /// <summary>Makes the source tree.</summary>
    public MuslSourceStage Source => field ??= new MuslSourceStage(layout, Archive, Series, new PatchApplier(runner));

    /// <summary>The patches of the flavour l4re, on top of them.</summary>
    public PatchSeries L4ReSeries => field ??= PatchSeries.Read(layout.L4RePatches);

    /// <summary>Makes the source tree of the flavour l4re.</summary>
    public L4ReSourceStage L4ReSource => field ??=
        new L4ReSourceStage(layout, Source.Inputs, L4ReSeries, new PatchApplier(runner), KnownArchitectures);

    /// <summary>Make the source trees of some flavours, in the order in which they run.</summary>
    public IEnumerable<IStage> Sources(IReadOnlyList<Flavour> flavours) => flavours.Contains(Flavour.L4Re) ? [Source, L4ReSource] : [Source];

    /// <summary>The components that there are.</summary>
    public ComponentCatalogue ComponentCatalogue => field ??= new ComponentCatalogue(layout.Components);

    /// <summary>The components to build, each after those that it depends on.</summary>
    public IReadOnlyList<Component> Components => field ??= ComponentCatalogue.Select(settings.Components);

    /// <summary>Brings source archives.</summary>
    public ArchiveFetcher Fetcher => field ??= new ArchiveFetcher(
        layout.Downloads, new ArchiveLocations(settings.Mirrors, settings.Offline, runner), new SignatureVerifier(runner, layout.SigningKeys), log);

    /// <summary>Rust's targets to work on.</summary>
    public IReadOnlyList<RustTarget> RustTargets => field ??= L4ReMusl.Machines.RustTargets.Select(settings.RustTargets, settings.Architectures);

    /// <summary>Make the standard libraries for them.</summary>
    public IEnumerable<IStage> RustStds => RustTargets.Select(Rust.StdOf);

    /// <summary>Make the program in Rust for the flavour l4re, for each architecture of these targets.</summary>
    public IEnumerable<NativeCrateStage> RustNatives => RustTargets.DistinctBy(target => target.Architecture).Select(RustNativeOf);

    /// <summary>All that is done with the user's L4Re; <see langword="null"/> if there is none.</summary>
    public L4ReWorkshop? L4Re => field ??= settings.Tree is { } tree
        ? new L4ReWorkshop(layout, tree, ToolchainOf(tree.Architecture), runner, display)
        : null;

    /// <summary>All that is done with Rust.</summary>
    public RustWorkshop Rust => field ??= new RustWorkshop(
        layout,
        new RustSourceStore(layout.RustSources, new RustSourceArchive(layout.Kernels, Mirrors, settings.Offline, runner, log), Fetcher, runner, display, log),
        new RustStdBuild(settings.Compile.Jobs, runner, display),
        target => ToolchainOf(target.Architecture),
        runner,
        log);

    /// <summary>Writes the documents of results, and compares what is shipped with advisories.</summary>
    public SbomWorkshop Sboms => field ??= new SbomWorkshop(
        layout, Archive.Version, Archive.Time, new ShippedSet(layout, Archive, Series, L4ReSeries, Components, ToolchainOf, Kernels));

    DebianMirrors Mirrors => field ??= new DebianMirrors(settings.DebianMirror, runner);

    KernelStore Kernels => field ??= new KernelStore(layout.Kernels, Mirrors, settings.Offline, settings.UpdateKernels, runner, log);

    // One for all architectures: it asks tools for their versions.
    ImageContext ImageContext => field ??= new ImageContext(layout, Archive.Time, runner)
    {
        Devices = DeviceNode.Of(PermissionTable.Read(layout.RootPermissions)),
    };

    /// <summary>The stages of an architecture.</summary>
    /// <exception cref="BuildException">There is no compiler for it.</exception>
    public ArchitectureStages For(Architecture architecture)
    {
        if (!architectures.TryGetValue(architecture, out var stages))
            architectures[architecture] = stages = Compose(architecture);
        return stages;
    }

    /// <summary>Checks that a compiler compiles for what it should. Worth its time only before it is used.</summary>
    public void Verify(Toolchain toolchain) => locator.Verify(toolchain);

    Toolchain ToolchainOf(Architecture architecture)
    {
        if (!toolchains.TryGetValue(architecture, out var toolchain))
            toolchains[architecture] = toolchain = locator.Locate(architecture, settings.CrossPrefixes.GetValueOrDefault(architecture.Name));
        return toolchain;
    }

    ArchitectureStages Compose(Architecture architecture)
    {
        var toolchain = ToolchainOf(architecture);
        var variant = new MuslVariant("", layout.MuslSource, layout.Compiled(architecture), []);
        var compile = new MuslCompileStage(layout, variant, Source.Inputs, toolchain, settings.Compile, runner, display);
        var prefix = new PrefixStage(layout, Archive, compile.Inputs, toolchain, runner);
        var package = new PackageStage(layout, architecture, prefix.Inputs, runner);
        var components = ComponentStages(toolchain, prefix.Inputs);
        var root = new RootFsStage(layout, architecture, RootInputs(toolchain, package, components), runner);
        var images = settings.ImageFormats.Select(format => new ImageStage(architecture, format, root.Inputs, ImageContext)).ToList();
        var manifests = images.Select(image => new ManifestStage(layout, architecture, image, runner)).ToList();
        var bootSet = architecture.Emulation is { } emulation
            ? new BootSetStage(
                layout,
                architecture,
                emulation,
                images.Find(image => image.Format.Name == emulation.Root.ImageFormat),
                TreeFor(architecture) is null ? null : layout.L4ReImages(architecture),
                Kernels,
                runner)
            : null;
        var l4re = ComposeL4Re(toolchain);
        var assets = TreeFor(architecture) is null
            ? null
            : new L4ReAssetsStage(layout, architecture, images, Kernels, l4re.Test, IsRustWanted ? RustNativeOf(l4re.Prefix, architecture) : null, runner);
        return new ArchitectureStages(toolchain, compile, prefix, package, components, root, images, manifests, bootSet, l4re, assets, Sboms);
    }

    // Those who have a program in Rust in the root file system have a compiler for another one.
    bool IsRustWanted => Components.Any(component => component.Crate is not null);

    L4ReTree? TreeFor(Architecture architecture) => settings.Tree is { } tree && tree.Architecture == architecture ? tree : null;

    IReadOnlyList<string> BackendsFor(Architecture architecture) =>
        TreeFor(architecture) is null ? BackendPrograms.Backends : [.. BackendPrograms.Backends, Flavour.L4Re.Name];

    NativeCrateStage RustNativeOf(RustTarget target) =>
        Rust.NativeOf(target, For(target.Architecture).L4Re.Prefix.Inputs, BackendsFor(target.Architecture));

    NativeCrateStage RustNativeOf(L4RePrefixStage prefix, Architecture architecture) =>
        Rust.NativeOf(L4ReMusl.Machines.RustTargets.Of(architecture), prefix.Inputs, BackendsFor(architecture));

    L4ReFlavourStages ComposeL4Re(Toolchain toolchain)
    {
        var architecture = toolchain.Architecture;
        var variant = new MuslVariant("l4re-", layout.L4ReSource, layout.L4ReCompiled(architecture), ["--disable-shared"]);
        var compile = new MuslCompileStage(layout, variant, L4ReSource.Inputs, toolchain, settings.Compile, runner, display);
        var prefix = new L4RePrefixStage(layout, Archive, compile.Inputs, toolchain, TreeFor(architecture), runner);
        return new L4ReFlavourStages(compile, prefix, new FlavourTestStage(layout, prefix.Inputs, BackendsFor(architecture), toolchain, runner));
    }

    List<ComponentStage> ComponentStages(Toolchain toolchain, Fingerprint prefix)
    {
        var made = new List<ComponentStage>();
        foreach (var component in Components)
        {
            var dependencies = made.Where(other => component.Dependencies.Contains(other.Component.Name)).ToList();
            made.Add(new ComponentStage(layout, component, toolchain, prefix, dependencies, Recipe(component, toolchain, dependencies), runner));
        }

        return made;
    }

    IComponentRecipe Recipe(Component component, Toolchain toolchain, IReadOnlyList<ComponentStage> dependencies) => component.Script is not { } script
        ? Rust.RecipeOf(component.Crate!, L4ReMusl.Machines.RustTargets.Of(toolchain.Architecture))
        : new ScriptRecipe(
            component,
            script,
            layout.ComponentPatches(script.Source),
            new ComponentSysroot(layout, toolchain.Architecture),
            dependencies,
            new ComponentBuild(component, script, toolchain, settings.Compile, runner, display),
            Fetcher,
            runner,
            display);

    RootFsInputs RootInputs(Toolchain toolchain, PackageStage package, IReadOnlyList<ComponentStage> components)
    {
        var architecture = toolchain.Architecture;
        var wrapper = CompilerWrapper.In(layout.Prefix(architecture), toolchain);
        return new RootFsInputs(package.Inputs, toolchain, wrapper, components, Archive.Version, Archive.Time);
    }
}
