using L4ReMusl.HostTools;

namespace L4ReMusl.Goals;

/// <summary>Runs the tests that a person needs after each edit.</summary>
public sealed class UnitTestGoal() : Goal("UnitTest")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Compile, ToolNeed.Image, ToolNeed.Package, ToolNeed.Test];

    /// <inheritdoc/>
    public override bool NeedsVersion => false;

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context) => TestGoal.Report(TestGoal.RunOf(context).Run(TestScope.Unit));
}
