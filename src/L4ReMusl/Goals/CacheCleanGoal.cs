using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Goals;

/// <summary>Removes the results in the user's cache.</summary>
public sealed class CacheCleanGoal() : Goal("CacheClean")
{
    /// <inheritdoc/>
    public override bool NeedsVersion => false;

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context) => new([Figure.Size("freed", context.Cache.Local.Clear())]);
}
