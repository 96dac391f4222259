using L4ReMusl.CommandLine.Plans;
using L4ReMusl.HostTools;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>What a target makes, and what it needs for that.</summary>
/// <param name="target">The target's name.</param>
public abstract class Goal(string target)
{
    /// <summary>The target's name, as users type it.</summary>
    public string Target => target;

    /// <summary>The kinds of work that its host tools are needed for.</summary>
    public virtual IReadOnlyList<ToolNeed> Tools => [];

    /// <summary>Whether it uses the chosen version of musl, which must then be in the catalogue.</summary>
    public virtual bool NeedsVersion => true;

    /// <summary>Kinds of work that it leaves out if their host tools are missing.</summary>
    public virtual IEnumerable<ToolNeed> OptionalTools(BuildSettings settings) => [];

    /// <summary>Further kinds of work that host tools are needed for, depending on what is built.</summary>
    public virtual IEnumerable<ToolNeed> MoreTools(BuildSettings settings, IReadOnlyList<Flavour> flavours) => [];

    /// <summary>The flavours of musl that it requires.</summary>
    public virtual IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [];

    /// <summary>Checks what can be known before anything is built.</summary>
    /// <exception cref="BuildException">The goal cannot be reached with these settings.</exception>
    public virtual void Check(GoalContext context)
    {
    }

    /// <summary>The stages that make its results.</summary>
    public virtual IEnumerable<IStage> Stages(GoalContext context) => [];

    /// <summary>The stages that may start before the goals ahead of this one are reached.</summary>
    public virtual IEnumerable<IStage> StagesToStart(GoalContext context) => Stages(context);

    /// <summary>Does the work.</summary>
    /// <exception cref="BuildException">It failed.</exception>
    public virtual GoalReport Reach(GoalContext context) => GoalReport.Of(context.Runner.Run(Stages(context)));

    /// <summary>Says what <see cref="Reach"/> would do, and why, without doing anything.</summary>
    public virtual (PlannedState State, string Reason) Forecast(GoalContext context)
    {
        try
        {
            if (Stages(context).ToList() is not { Count: > 0 } stages)
                return (PlannedState.WouldRun, "always runs");
            var reasons = stages.Select(context.Runner.ReasonToRun).OfType<string>().Distinct().ToList();
            return reasons.Count == 0
                ? (PlannedState.UpToDate, "nothing that it depends on has changed")
                : (PlannedState.WouldRun, string.Join("; ", reasons));
        }
        catch (BuildException e)
        {
            // For example a missing compiler, which a run would install first, or report.
            return (PlannedState.WouldRun, e.Message);
        }
    }
}
