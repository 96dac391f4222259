using L4ReMusl.Backend;
using L4ReMusl.L4Re;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Patching;

namespace L4ReMusl.Graph;

/// <summary>The stages of the l4re flavour: musl whose system calls are functions.</summary>
/// <param name="context">What they work with.</param>
/// <param name="musl">Holds the sources that it starts from.</param>
/// <param name="toolchains">The compilers.</param>
public sealed class L4ReFlavourGraph(BuildContext context, MuslGraph musl, Toolchains toolchains)
{
    /// <summary>The flavour's patches, which follow those of the musl version.</summary>
    public PatchSeries Series => field ??= PatchSeries.Read(context.Layout.L4RePatches);

    /// <summary>Makes the source tree.</summary>
    public L4ReSourceStage Source => field ??= new(
        context.Layout, musl.Source, Series, new PatchApplier(context.Tools), context.Settings.KnownArchitectures);

    /// <summary>Compile it.</summary>
    public PerArchitecture<MuslCompileStage> Compiled => field ??= new(architecture => new MuslCompileStage(
        context.Layout,
        Variant(architecture),
        toolchains[architecture],
        context.Settings.CompilerLauncher,
        context.Tools,
        context.Display));

    /// <summary>Make the prefixes.</summary>
    public PerArchitecture<L4RePrefixStage> Prefixes => field ??= new(architecture => new L4RePrefixStage(
        context.Layout,
        Source,
        Compiled[architecture],
        musl.Cxx.LibraryFor(Flavour.L4Re, architecture),
        toolchains[architecture],
        TreeFor(architecture),
        context.KernelHeadersFor(architecture),
        context.Tools));

    /// <summary>Compile the test program, once for each backend.</summary>
    public PerArchitecture<FlavourTestStage> Tests => field ??= new(architecture => new FlavourTestStage(
        context.Layout, Prefixes[architecture], BackendsFor(architecture), context.Tools));

    /// <summary>Compile <c>linux-run</c>, where there is an L4Re tree.</summary>
    public PerArchitecture<LinuxRunStage?> LinuxRuns => field ??= new(architecture =>
        TreeFor(architecture) is { } tree ? new(context.Layout, Prefixes[architecture], tree, context.Tools) : null);

    /// <summary>The backends for an architecture. The one for L4Re needs headers of an L4Re tree.</summary>
    public IReadOnlyList<string> BackendsFor(Architecture architecture) =>
        TreeFor(architecture) is null ? BackendPrograms.Backends : [.. BackendPrograms.Backends, Flavour.L4Re.Name];

    L4ReTree? TreeFor(Architecture architecture) =>
        context.Settings.Tree is { } tree && tree.Architecture == architecture ? tree : null;

    MuslVariant Variant(Architecture architecture) =>
        new("l4re-", Source, context.Layout.L4ReCompiled(architecture), ["--disable-shared"]);
}
