using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Packs;
using L4ReMusl.Sboms;
using L4ReMusl.Sources;

namespace L4ReMusl.Graph;

/// <summary>The stages of what is published.</summary>
/// <param name="context">What they work with.</param>
/// <param name="graph">The stages of the results.</param>
public sealed class PackGraph(BuildContext context, StageGraph graph)
{
    /// <summary>The state of the repository.</summary>
    /// <exception cref="BuildException">git cannot read it.</exception>
    public ProjectRevision Revision => field ??= ProjectRevision.Of(context.Layout.Root, context.Tools);

    /// <summary>Signs packs, and checks signatures.</summary>
    public PackSignature Signature => field ??= new(context.Tools);

    LicenceTexts Licences => field ??= new(
        context.Layout.Licences,
        context.Layout.OwnLicence,
        [.. Sources.Select(source => new LicenceStage(context.Layout, source, new SourceUnpacker(context.Tools)))]);

    IEnumerable<ArchiveSource> Sources =>
        [graph.Musl.Archive, .. graph.Components.Selected.Select(graph.Components.ArchiveOf).OfType<ArchiveSource>()];

    /// <summary>Makes the pack.</summary>
    /// <param name="flavours">The flavours of musl to pack.</param>
    /// <param name="key">The key to sign with; <see langword="null"/> for no signature.</param>
    public PackStage PackOf(IReadOnlyList<Flavour> flavours, SshKey? key)
    {
        PackContent[] contents = [.. context.Settings.Architectures.SelectMany(one => ContentsFor(one, flavours))];
        var archives = contents
            .Select(content => new ArchiveStage(
                context.Layout, content, Revision.Version, graph.Musl.Archive.Archive.Time, Licences))
            .ToList();
        var provenance = new ProvenanceFacts(context, graph, Revision, flavours);
        return new PackStage(
            context.Layout,
            archives,
            Licences.StagesOf([.. contents.SelectMany(content => content.Things)]),
            () => provenance.Of(archives, [.. contents.SelectMany(content => content.Things)]),
            Signature,
            key);
    }

    IEnumerable<PackContent> ContentsFor(Architecture architecture, IReadOnlyList<Flavour> flavours)
    {
        var (sboms, musl) = (graph.Sboms, graph.Musl);
        yield return Content("prefix", sboms.OfPrefix(Flavour.Linux, architecture, musl.Prefixes[architecture]));
        if (flavours.Contains(Flavour.L4Re))
        {
            var prefix = graph.L4ReFlavour.Prefixes[architecture];
            yield return Content("prefix-l4re", sboms.OfPrefix(Flavour.L4Re, architecture, prefix));
        }

        yield return Content("package", sboms.OfPackage(architecture, musl.Packages[architecture]));
        yield return Content("boot-set", sboms.OfBootSet(architecture, graph.Boot.Sets[architecture]));
        if (context.Settings.DebugSymbols)
            yield return Content("debug", sboms.OfDebugSymbols(architecture, musl.DebugSymbols[architecture]));

        PackContent Content(string kind, SbomStage documents) => new(kind, architecture, documents);
    }
}
