using L4ReMusl.Auditing;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Sboms;
using L4ReMusl.Stages;

namespace L4ReMusl.Graph;

/// <summary>The stages that write the documents about results: bills of materials, and assessments of advisories.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="shipped">The contents of each result.</param>
/// <param name="version">The version of musl.</param>
/// <param name="time">The time that results carry.</param>
public sealed class SbomGraph(BuildLayout layout, ShippedSet shipped, string version, DateTimeOffset time)
{
    /// <summary>The contents of each result.</summary>
    public ShippedSet Shipped => shipped;

    /// <summary>Writes the documents about a flavour's prefix.</summary>
    public SbomStage OfPrefix(Flavour flavour, Architecture architecture, IStage prefix)
    {
        var output = Path.Combine(prefix.Output, PrefixContract.Documents);
        return flavour == Flavour.Linux
            ? Stage("prefix", architecture, prefix, output, () => shipped.InPrefix(architecture))
            : Stage("prefix-l4re", architecture, prefix, output, () => shipped.InL4RePrefix(architecture));
    }

    /// <summary>Writes the documents about a root file system, beside it.</summary>
    public SbomStage OfRoot(Architecture architecture, IStage root) =>
        Stage("lsb-root", architecture, root, BuildLayout.Sbom(root.Output), () => shipped.InRoot(architecture));

    /// <summary>Writes the documents about an image, beside it.</summary>
    public SbomStage OfImage(Architecture architecture, string format, IStage image) => Stage(
        "image",
        architecture,
        image,
        BuildLayout.Sbom(image.Output),
        () => shipped.InRoot(architecture),
        format,
        () => [ProductFile.Of(image.Output)]);

    /// <summary>Writes the documents about a boot set, beside it.</summary>
    public SbomStage OfBootSet(Architecture architecture, IStage set) => Stage(
        "boot-set",
        architecture,
        set,
        BuildLayout.Sbom(set.Output),
        () => shipped.InBootSet(architecture),
        "",
        () => [.. Directory.EnumerateFiles(set.Output).Order(StringComparer.Ordinal).Select(ProductFile.Of)]);

    /// <summary>Writes the documents about an L4Re package, for its archive.</summary>
    public SbomStage OfPackage(Architecture architecture, IStage package) =>
        Stage("package", architecture, package, ForArchive("package", architecture), () => shipped.InPrefix(architecture));

    /// <summary>Writes the documents about debug symbols, for their archive.</summary>
    public SbomStage OfDebugSymbols(Architecture architecture, IStage symbols) =>
        Stage("debug", architecture, symbols, ForArchive("debug", architecture), () => [shipped.Common[0]]);

    string ForArchive(string kind, Architecture architecture) =>
        BuildLayout.Sbom(Path.Combine(layout.Archives, $"{kind}-{architecture}"));

    SbomStage Stage(
        string kind,
        Architecture architecture,
        IStage result,
        string output,
        Func<IReadOnlyList<ShippedThing>> things,
        string variant = "",
        Func<IReadOnlyList<ProductFile>>? files = null) => new(
            $"sbom-{kind}-{architecture}{(variant.Length > 0 ? $"-{variant}" : "")}",
            output,
            result,
            layout,
            all => new Product($"l4re-musl-{kind}", version, architecture.Name, variant, time, all, files?.Invoke() ?? []),
            things);
}
