using L4ReMusl.HostTools;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>
/// Compiles musl for one architecture. An architecture without a target is compiled when another stage needs it.
/// </summary>
/// <param name="target">The target's name, which contains the architecture's: <c>CompileArm64</c>.</param>
public sealed class CompileGoal(string target) : Goal(target)
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Compile];

    /// <inheritdoc/>
    public override IEnumerable<IStage> Stages(GoalContext context) =>
        from architecture in context.Settings.Architectures
        where architecture.CompileTarget == Target
        from stage in context.Graph.CompiledOf(architecture, context.Flavours)
        select stage;
}
