using L4ReMusl.Cxx;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Sources;
using L4ReMusl.Stages;

namespace L4ReMusl.Graph;

/// <summary>The stages of the standard library of C++.</summary>
/// <param name="context">What they work with.</param>
/// <param name="fetcher">Fetches archives.</param>
/// <param name="mirrors">The mirrors of Debian's archive.</param>
/// <param name="toolchains">The compilers.</param>
/// <param name="compiled">Compile musl.</param>
public sealed class CxxGraph(
    BuildContext context,
    ArchiveFetcher fetcher,
    DebianMirrors mirrors,
    Toolchains toolchains,
    PerArchitecture<MuslCompileStage> compiled)
{
    /// <summary>Makes the library for a flavour's prefix; <see langword="null"/> if the user has not asked for C++.</summary>
    public IStage? LibraryFor(Flavour flavour, Architecture architecture) =>
        context.Settings.HasCxx ? (flavour == Flavour.Linux ? Linux : L4Re)[architecture] : null;

    PerArchitecture<CxxLibraryStage> Linux => field ??= new(architecture => Library(Flavour.Linux, architecture));

    PerArchitecture<CxxLibraryStage> L4Re => field ??= new(architecture => Library(Flavour.L4Re, architecture));

    CxxSourceStore Sources => field ??= new(
        context.Layout.CxxSources,
        new HostCxxSources(context.Settings.Offline, context.Tools, context.Log),
        new CxxSourceArchive(context.Layout.Kernels, mirrors, context.Settings.Offline, context.Tools, context.Log),
        fetcher,
        context.Tools,
        context.Display,
        context.Log);

    CxxLibraryStage Library(Flavour flavour, Architecture architecture) => new(
        context.Layout,
        CxxVariant.Of(flavour, context.Layout, architecture),
        compiled[architecture],
        toolchains[architecture],
        Sources,
        new CxxLibraryBuild(context.Layout, context.Tools, context.Display));
}
