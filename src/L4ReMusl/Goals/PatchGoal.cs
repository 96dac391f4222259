using L4ReMusl.HostTools;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Makes the patched source trees.</summary>
public sealed class PatchGoal() : Goal("Patch")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Compile];

    /// <inheritdoc/>
    public override IEnumerable<IStage> Stages(GoalContext context) => context.Graph.SourcesOf(context.Flavours);
}
