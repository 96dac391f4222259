using L4ReMusl.HostTools;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Prepares Rust's standard library for the selected targets.</summary>
public sealed class RustStdGoal() : Goal("RustStd")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Rust];

    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [Flavour.Linux];

    /// <inheritdoc/>
    public override IEnumerable<IStage> Stages(GoalContext context) =>
        context.Graph.Rust.Targets.Select(context.Graph.Rust.StdOf);
}
