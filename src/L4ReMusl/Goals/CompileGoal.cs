using L4ReMusl.HostTools;
using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Compiles musl for one architecture.</summary>
/// <param name="architecture">The architecture, whose name is in the target's: <c>CompileArm64</c>.</param>
public sealed class CompileGoal(Architecture architecture)
    : Goal($"Compile{char.ToUpperInvariant(architecture.Name[0])}{architecture.Name[1..]}")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Compile];

    /// <inheritdoc/>
    public override IEnumerable<IStage> Stages(GoalContext context) => context.Graph.CompiledOf(architecture, context.Flavours);
}
