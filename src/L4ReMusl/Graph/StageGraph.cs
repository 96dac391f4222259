using L4ReMusl.HostTools;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Sources;
using L4ReMusl.Stages;

namespace L4ReMusl.Graph;

/// <summary>
/// All stages of a build, composed from what the user asked for. Files are read and tools are run only when they are needed.
/// </summary>
/// <param name="context">What they work with.</param>
/// <param name="installer">Installs packages whose need shows only during a run.</param>
public sealed class StageGraph(BuildContext context, Lazy<PackageInstaller> installer)
{
    /// <summary>The compilers.</summary>
    public Toolchains Toolchains => field ??= new(context);

    /// <summary>musl for Linux.</summary>
    public MuslGraph Musl => field ??= new(context, Fetcher, Mirrors, Toolchains);

    /// <summary>The l4re flavour: musl whose system calls are functions.</summary>
    public L4ReFlavourGraph L4ReFlavour => field ??= new(context, Musl, Toolchains);

    /// <summary>Rust.</summary>
    public RustGraph Rust => field ??= new(context, Fetcher, Mirrors, Musl, L4ReFlavour, installer);

    /// <summary>What goes into root file systems besides musl.</summary>
    public ComponentGraph Components => field ??= new(context, Fetcher, Toolchains, Musl, Rust);

    /// <summary>Root file systems and their images.</summary>
    public RootGraph Root => field ??= new(context, Musl, Components);

    /// <summary>Kernels, boot sets, and the user's L4Re tree.</summary>
    public BootGraph Boot => field ??= new(context, FetcherInto, Mirrors, Musl, L4ReFlavour, Rust, Components, Root);

    /// <summary>The documents about results.</summary>
    public SbomGraph Sboms => field ??= new(
        context.Layout,
        new ShippedSet(
            context.Layout,
            Musl.Archive.Archive,
            Musl.Series,
            L4ReFlavour.Series,
            Components.Selected,
            context.Settings.HasCxx,
            architecture => Toolchains[architecture],
            context.Settings.KernelHeadersOf,
            Boot.Store),
        Musl.Archive.Archive.Version,
        Musl.Archive.Archive.Time);

    /// <summary>What is published.</summary>
    public PackGraph Packs => field ??= new(context, this);

    DebianMirrors Mirrors => field ??= new(context.Settings.DebianMirror, context.Tools);

    ArchiveFetcher Fetcher => field ??= FetcherInto(context.Layout.Downloads);

    ArchiveFetcher FetcherInto(string folder) => new(
        folder,
        new ArchiveLocations(context.Settings.Mirrors, context.Settings.Offline, Mirrors),
        new SignatureVerifier(context.Tools, context.Layout.SigningKeys),
        context.Log);

    /// <summary>Make the source trees of some flavours.</summary>
    public IEnumerable<IStage> SourcesOf(IReadOnlyList<Flavour> flavours) =>
        flavours.Contains(Flavour.L4Re) ? [Musl.Source, L4ReFlavour.Source] : [Musl.Source];

    /// <summary>Compile some flavours for an architecture.</summary>
    public IEnumerable<IStage> CompiledOf(Architecture architecture, IReadOnlyList<Flavour> flavours) =>
        flavours.Select(flavour =>
            flavour == Flavour.Linux ? Musl.Compiled[architecture] : L4ReFlavour.Compiled[architecture]);

    /// <summary>Make the prefixes of some flavours for an architecture, each with the documents about it.</summary>
    public IEnumerable<IStage> PrefixesOf(Architecture architecture, IReadOnlyList<Flavour> flavours) =>
        flavours.SelectMany(flavour =>
        {
            IStage prefix = flavour == Flavour.Linux ? Musl.Prefixes[architecture] : L4ReFlavour.Prefixes[architecture];
            var documents = Sboms.OfPrefix(flavour, architecture, prefix);
            return flavour == Flavour.Linux && context.Settings.DebugSymbols
                ? [prefix, documents, Musl.DebugSymbols[architecture]]
                : new[] { prefix, documents };
        });

    /// <summary>Make a root file system, its images with their manifests, and the documents about them.</summary>
    public IEnumerable<IStage> RootOf(Architecture architecture) =>
    [
        Root.Roots[architecture],
        .. Root.Images[architecture],
        .. Root.Manifests[architecture],
        .. Root.DebugImages[architecture],
        Sboms.OfRoot(architecture, Root.Roots[architecture]),
        .. Root.Images[architecture].Select(image => Sboms.OfImage(architecture, image.Format.Name, image)),
    ];

    /// <summary>Make a boot set, and the documents about it.</summary>
    public IEnumerable<IStage> BootSetOf(Architecture architecture) =>
        [Boot.Kernels[architecture], Boot.Sets[architecture], Sboms.OfBootSet(architecture, Boot.Sets[architecture])];
}
