using L4ReMusl.HostTools;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Installs the L4Re packages, and builds the one for the user's L4Re tree in that tree.</summary>
public sealed class PackageL4ReGoal() : Goal("PackageL4Re")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Package];

    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [Flavour.Linux];

    /// <inheritdoc/>
    public override IEnumerable<IStage> Stages(GoalContext context) =>
    [
        .. context.Settings.Architectures.Select(architecture => context.Graph.Musl.Packages[architecture]),
        .. context.Graph.Boot.TreePackage is { } package ? [package] : (IStage[])[],
    ];
}
