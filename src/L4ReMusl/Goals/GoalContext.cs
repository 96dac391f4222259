using L4ReMusl.Caching;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Graph;
using L4ReMusl.Layout;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>What goals work with.</summary>
/// <param name="Build">Settings, paths, tools.</param>
/// <param name="Graph">The stages.</param>
/// <param name="Runner">Runs them.</param>
/// <param name="Jobs">Says when there is a processor for work outside of stages.</param>
/// <param name="Cache">Has results of earlier builds.</param>
/// <param name="Host">The host's tools.</param>
/// <param name="Plan">The goals of this run, in the order in which they run.</param>
/// <param name="Flavours">The flavours of musl that this run builds.</param>
public sealed record GoalContext(
    BuildContext Build,
    StageGraph Graph,
    StageRunner Runner,
    JobServer Jobs,
    ResultCache Cache,
    HostSetup Host,
    IReadOnlyList<Goal> Plan,
    IReadOnlyList<Flavour> Flavours)
{
    /// <summary>What the user asked for.</summary>
    public BuildSettings Settings => Build.Settings;

    /// <summary>Where everything lies.</summary>
    public BuildLayout Layout => Build.Layout;

    /// <summary>Whether this run builds the l4re flavour.</summary>
    public bool HasL4ReFlavour => Flavours.Contains(Flavour.L4Re);
}
