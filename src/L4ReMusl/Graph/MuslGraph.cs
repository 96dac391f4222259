using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Packaging;
using L4ReMusl.Patching;
using L4ReMusl.Sources;

namespace L4ReMusl.Graph;

/// <summary>The stages of musl for Linux: sources, compiled trees, prefixes and packages.</summary>
/// <param name="context">What they work with.</param>
/// <param name="fetcher">Fetches archives.</param>
/// <param name="mirrors">The mirrors of Debian's archive, which has the sources of the C++ library.</param>
/// <param name="toolchains">The compilers.</param>
public sealed class MuslGraph(BuildContext context, ArchiveFetcher fetcher, DebianMirrors mirrors, Toolchains toolchains)
{
    /// <summary>The archive of musl.</summary>
    /// <exception cref="BuildException">The catalogue has no such version.</exception>
    public ArchiveSource Archive => field ??= new(
        SourceCatalogue.Read(context.Layout.SourceCatalogue).Find("musl", context.Settings.MuslVersion),
        fetcher,
        context.Display);

    /// <summary>The patches for it.</summary>
    public PatchSeries Series => field ??= PatchSeries.Read(context.Layout.MuslPatches(context.Settings.MuslVersion));

    /// <summary>Makes the source tree.</summary>
    public MuslSourceStage Source => field ??= new(context.Layout, Archive, Series, new PatchApplier(context.Tools));

    /// <summary>Compile it.</summary>
    public PerArchitecture<MuslCompileStage> Compiled => field ??= new(architecture => new MuslCompileStage(
        context.Layout,
        Variant(architecture),
        toolchains[architecture],
        context.Settings.CompilerLauncher,
        context.Tools,
        context.Display));

    /// <summary>Make the prefixes.</summary>
    public PerArchitecture<PrefixStage> Prefixes => field ??= new(architecture => new PrefixStage(
        context.Layout,
        Source,
        Compiled[architecture],
        Cxx.LibraryFor(Flavour.Linux, architecture),
        toolchains[architecture],
        context.KernelHeadersFor(architecture),
        context.Tools));

    /// <summary>The standard library of C++, for the prefixes of all flavours.</summary>
    public CxxGraph Cxx => field ??= new(context, fetcher, mirrors, toolchains, Compiled);

    /// <summary>Install the L4Re packages.</summary>
    public PerArchitecture<PackageStage> Packages => field ??= new(architecture => new PackageStage(
        context.Layout, architecture, Prefixes[architecture], context.Tools));

    /// <summary>Make the folders of debug symbols, if the user wants them.</summary>
    public PerArchitecture<DebugSymbolsStage> DebugSymbols => field ??= new(architecture => new DebugSymbolsStage(
        context.Layout, architecture, Compiled[architecture]));

    MuslVariant Variant(Architecture architecture) => new("", Source, context.Layout.Compiled(architecture), [])
    {
        KeepsDebugSymbols = context.Settings.DebugSymbols,
    };
}
