using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Stages the prefixes of the selected flavours.</summary>
public sealed class StageGoal() : Goal("Stage")
{
    /// <inheritdoc/>
    public override IEnumerable<IStage> Stages(GoalContext context) =>
        context.Settings.Architectures.SelectMany(architecture => context.Graph.PrefixesOf(architecture, context.Flavours));
}
