using L4ReMusl.HostTools;
using L4ReMusl.Images;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Assembles the root file systems, and makes their images and a manifest for each.</summary>
public sealed class LsbRootGoal() : Goal("LsbRoot")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Image, ToolNeed.SelfTest];

    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [Flavour.Linux];

    /// <inheritdoc/>
    public override IEnumerable<IStage> Stages(GoalContext context) =>
        context.Settings.Architectures.SelectMany(context.Graph.RootOf);

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var report = base.Reach(context);
        new DefaultImage(context.Layout).Update(context.Settings.KnownArchitectures);
        return report;
    }
}
