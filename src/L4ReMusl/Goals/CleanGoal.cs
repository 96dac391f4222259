using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Goals;

/// <summary>Removes what the build made.</summary>
public sealed class CleanGoal() : Goal("Clean")
{
    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        context.Runner.Lock();
        var freed = new OutputCleaner(context.Layout, context.Settings.KnownArchitectures).Clean();
        return new GoalReport([Figure.Size("freed", freed)]);
    }
}
