using L4ReMusl.Backend;
using L4ReMusl.Boot;
using L4ReMusl.Components;
using L4ReMusl.Images;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.NativeBoot;
using L4ReMusl.Packaging;
using L4ReMusl.Root;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>The stages of one architecture, each with the inputs of the one before it.</summary>
/// <param name="Toolchain">The compiler.</param>
/// <param name="Compile">Compiles musl.</param>
/// <param name="Prefix">Makes the prefix.</param>
/// <param name="Package">Installs the L4Re package.</param>
/// <param name="Components">Build what goes into the root file system besides musl, each after those that it depends on.</param>
/// <param name="Root">Assembles the root file system.</param>
/// <param name="Images">Make its images, one for each format that the user selected.</param>
/// <param name="Manifests">List what is in the images, in the same order.</param>
/// <param name="BootSet">Makes its boot set; <see langword="null"/> if nothing is known of how to boot it.</param>
/// <param name="L4Re">Make the flavour l4re.</param>
/// <param name="L4ReAssets">Collects what L4Re's boot images hold; <see langword="null"/> if there is no L4Re for this architecture.</param>
/// <param name="Sboms">Write the documents about results.</param>
public sealed record ArchitectureStages(
    Toolchain Toolchain,
    MuslCompileStage Compile,
    PrefixStage Prefix,
    PackageStage Package,
    IReadOnlyList<ComponentStage> Components,
    RootFsStage Root,
    IReadOnlyList<ImageStage> Images,
    IReadOnlyList<ManifestStage> Manifests,
    BootSetStage? BootSet,
    L4ReFlavourStages L4Re,
    L4ReAssetsStage? L4ReAssets,
    SbomWorkshop Sboms)
{
    /// <summary>All that make a root file system and what comes of it, in the order in which they run.</summary>
    public IEnumerable<IStage> OfRoot =>
    [
        Root, .. Images, .. Manifests,
        Sboms.OfRoot(Toolchain.Architecture, Root), .. Images.Select(image => Sboms.OfImage(Toolchain.Architecture, image.Format.Name, image)),
    ];

    /// <summary>Make its boot set and the documents about that.</summary>
    public IEnumerable<IStage> OfBootSet => BootSet is null ? [] : [BootSet, Sboms.OfBootSet(Toolchain.Architecture, BootSet)];

    /// <summary>Compile some flavours of musl.</summary>
    public IEnumerable<IStage> Compiles(IReadOnlyList<Flavour> flavours) => Of(flavours, Compile, L4Re.Compile);

    /// <summary>Make the prefixes of some flavours, each with the documents about it.</summary>
    public IEnumerable<IStage> Prefixes(IReadOnlyList<Flavour> flavours) =>
        Of(flavours, Prefix, L4Re.Prefix).Zip(flavours, (prefix, flavour) => new[] { prefix, Sboms.OfPrefix(flavour, Toolchain.Architecture, prefix) }).SelectMany(both => both);

    static IEnumerable<IStage> Of(IReadOnlyList<Flavour> flavours, IStage linux, IStage l4re) =>
        flavours.Select(flavour => flavour == Flavour.Linux ? linux : l4re);
}

/// <summary>The stages of the flavour l4re, for one architecture.</summary>
/// <param name="Compile">Compiles musl.</param>
/// <param name="Prefix">Makes the prefix.</param>
/// <param name="Test">Compiles the test program, for each backend that runs on any machine.</param>
public sealed record L4ReFlavourStages(MuslCompileStage Compile, L4RePrefixStage Prefix, FlavourTestStage Test);
