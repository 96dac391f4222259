namespace L4ReMusl.Goals;

/// <summary>Shows the table of all host tools.</summary>
public sealed class DoctorGoal() : Goal("Doctor")
{
    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context) =>
        GoalReport.OfText(context.Host.Table(context.Graph.Components.Selected));
}
