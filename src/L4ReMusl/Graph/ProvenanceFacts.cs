using L4ReMusl.Auditing;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Packs;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Graph;

/// <summary>Collects what a pack was made from.</summary>
/// <param name="context">What the user asked for.</param>
/// <param name="graph">The stages of the results.</param>
/// <param name="revision">The state of the repository.</param>
/// <param name="flavours">The flavours of musl in the pack.</param>
sealed class ProvenanceFacts(
    BuildContext context, StageGraph graph, ProjectRevision revision, IReadOnlyList<Flavour> flavours)
{
    /// <summary>The provenance of some archives.</summary>
    /// <param name="archives">Make them.</param>
    /// <param name="things">The software in them.</param>
    public Provenance Of(IReadOnlyList<ArchiveStage> archives, IReadOnlyList<ShippedThing> things) => new(
        Asked(),
        AllNeededBy(archives).ToDictionary(stage => stage.Name, stage => stage.Inputs.Digest),
        [
            Repository(),
            .. things.DistinctBy(thing => thing.Purl).Select(Of),
            .. things.SelectMany(thing => thing.Patches).DistinctBy(patch => patch.FileName).Select(patch =>
                new Dependency(patch.FileName, $"urn:l4re-musl:patch:{patch.FileName}") { Digests = Sha256(patch.Sha256) }),
            .. context.Settings.Architectures.Select(architecture => Of(graph.Toolchains[architecture])),
        ],
        new Dictionary<string, string> { ["l4re-musl"] = revision.Version, ["dotnet"] = Sdk() });

    // All of "Selection", because other parameters change how results are made, but not what they are.
    Dictionary<string, string> Asked()
    {
        var settings = context.Settings;
        return new Dictionary<string, string>
        {
            ["architectures"] = string.Join(' ', settings.Architectures),
            ["components"] = string.Join(' ', settings.Components),
            ["debug-symbols"] = Text(settings.DebugSymbols),
            ["flavours"] = string.Join(' ', flavours),
            ["image-formats"] = string.Join(' ', settings.ImageFormats.Select(format => format.Name)),
            ["kernel-headers"] = Text(settings.Get(Parameters.KernelHeaders)),
            ["languages"] = string.Join(' ', settings.Get(Parameters.Languages)),
            ["musl-version"] = settings.MuslVersion,
        };

        static string Text(bool flag) => flag ? "true" : "false";
    }

    Dependency Repository() => new("l4re-musl", "urn:l4re-musl:repository")
    {
        Digests = revision.Commit is { } commit
            ? new Dictionary<string, string> { ["gitCommit"] = commit }
            : [],
        Annotations = new Dictionary<string, string> { ["state"] = State },
    };

    string State => revision switch
    {
        { Commit: null } => "a copy without its history",
        { IsChanged: true } => "with changes that are in no commit",
        _ => "as committed",
    };

    static Dependency Of(ShippedThing thing) => new($"{thing}", thing.Url ?? thing.Purl)
    {
        Digests = thing.Sha256 is { } hash ? Sha256(hash) : new Dictionary<string, string>(),
        Annotations = new Dictionary<string, string> { ["purl"] = thing.Purl },
    };

    static Dependency Of(Toolchain toolchain) => new(
        $"compiler for {toolchain.Architecture}", $"pkg:generic/gcc@{toolchain.Number}?target={toolchain.Architecture.Triple}")
    {
        Annotations = new Dictionary<string, string> { ["version"] = toolchain.Version, ["identity"] = toolchain.Identity },
    };

    string Sdk() => context.Tools.Run(new ToolInvocation(Environment.ProcessPath!, "--version")
    {
        WorkingDirectory = context.Layout.Root,
    }).OrThrow("ask dotnet for its version").Output.Trim();

    static Dictionary<string, IStage>.ValueCollection AllNeededBy(IEnumerable<IStage> stages)
    {
        var found = new Dictionary<string, IStage>();
        void Visit(IStage stage)
        {
            if (!found.TryAdd(stage.Name, stage))
                return;
            foreach (var need in stage.Needs)
                Visit(need);
        }

        foreach (var stage in stages)
            Visit(stage);
        return found.Values;
    }

    static Dictionary<string, string> Sha256(string hash) => new() { ["sha256"] = hash };
}
