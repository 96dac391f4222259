using L4ReMusl.Auditing;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Sboms;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Composes the stages that write the documents of results, and compares what is shipped with advisories.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="version">The version of musl.</param>
/// <param name="time">The time that results carry.</param>
/// <param name="shipped">What ends in which result.</param>
public sealed class SbomWorkshop(BuildLayout layout, string version, DateTimeOffset time, ShippedSet shipped)
{
    /// <summary>Writes the documents of the prefix of a flavour.</summary>
    public SbomStage OfPrefix(Flavour flavour, Architecture architecture, IStage prefix)
    {
        var output = Path.Combine(prefix.Output, PrefixContract.Documents);
        return flavour == Flavour.Linux
            ? Stage("prefix", architecture, prefix, output, () => shipped.InPrefix(architecture))
            : Stage("prefix-l4re", architecture, prefix, output, shipped.InL4RePrefix);
    }

    /// <summary>Writes the documents of a root file system, beside it.</summary>
    public SbomStage OfRoot(Architecture architecture, IStage root) =>
        Stage("lsb-root", architecture, root, BuildLayout.Sbom(root.Output), () => shipped.InRoot(architecture));

    /// <summary>Writes the documents of an image of it, beside it.</summary>
    public SbomStage OfImage(Architecture architecture, string format, IStage image) => Stage(
        "image",
        architecture,
        image,
        BuildLayout.Sbom(image.Output),
        () => shipped.InRoot(architecture),
        format,
        () => [ProductFile.Of(image.Output)]);

    /// <summary>Writes the documents of a boot set, beside it.</summary>
    public SbomStage OfBootSet(Architecture architecture, IStage set) => Stage(
        "boot-set", architecture, set, BuildLayout.Sbom(set.Output), () => shipped.InBootSet(architecture), "",
        () => [.. Directory.EnumerateFiles(set.Output).Order(StringComparer.Ordinal).Select(ProductFile.Of)]);

    /// <summary>Compares what is shipped for some architectures with advisories.</summary>
    /// <param name="architectures">The architectures.</param>
    /// <param name="places">Files and folders with advisories; the project's own if empty.</param>
    /// <param name="today">The day on which waivers are looked at.</param>
    /// <param name="note">Is told what could not be compared, and why.</param>
    public AuditReport Audit(
        IReadOnlyList<Architecture> architectures, IReadOnlyList<string> places, DateOnly today, Action<string> note)
    {
        var things = shipped.Common
            .Concat(architectures.SelectMany(architecture => Try("GCC's runtime", architecture, shipped.GccRuntime)))
            .Concat(architectures.SelectMany(architecture => Try("The kernel of the boot set", architecture, shipped.Kernel)))
            .DistinctBy(thing => (thing.Name, thing.Version))
            .ToList();
        var auditor = new Auditor(Assessment.ReadAll(layout.Assessments), things);
        return new AuditReport(auditor.Examine(AdvisoryFiles.Read(places.Count > 0 ? places : [layout.Advisories])), today);

        // What is not here yet is not shipped, either.
        IEnumerable<ShippedThing> Try(string what, Architecture architecture, Func<Architecture, ShippedThing> find)
        {
            try
            {
                return [find(architecture)];
            }
            catch (BuildException e)
            {
                note($"{what} for {architecture} is left out: {e.Message.Split('\n')[0]}");
                return [];
            }
        }
    }

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
            result.Inputs,
            layout,
            all => new Product($"l4re-musl-{kind}", version, architecture.Name, variant, time, all, files?.Invoke() ?? []),
            things);
}
