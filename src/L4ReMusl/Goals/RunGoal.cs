using L4ReMusl.Boot;
using L4ReMusl.HostTools;
using L4ReMusl.Musl;
using L4ReMusl.Settings;

namespace L4ReMusl.Goals;

/// <summary>Boots a boot set at the user's terminal.</summary>
public sealed class RunGoal() : Goal("Run")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Boot];

    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [Flavour.Linux];

    /// <inheritdoc/>
    public override void Check(GoalContext context) => Session(context).Validate();

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        context.Runner.Dispose(); // Releases the lock: other builds may run during the session.
        return new GoalReport([]) { ExitCode = Session(context).Run() };
    }

    static EmulatorSession Session(GoalContext context) =>
        new(context.Layout, context.Settings.Architectures, context.Settings.BootImage);
}
