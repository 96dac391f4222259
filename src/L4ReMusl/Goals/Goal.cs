using L4ReMusl.CommandLine.Plans;
using L4ReMusl.HostTools;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>What a target is for: what it makes, and what that takes.</summary>
/// <param name="target">The target's name.</param>
public abstract class Goal(string target)
{
    /// <summary>The target's name, as users type it.</summary>
    public string Target => target;

    /// <summary>What host tools are needed for.</summary>
    public virtual IReadOnlyList<ToolNeed> Tools => [];

    /// <summary>Whether it works with the version of musl that the user chose, which must be known then.</summary>
    public virtual bool NeedsVersion => true;

    /// <summary>What host tools are good for beyond that: without them, less is done.</summary>
    public virtual IEnumerable<ToolNeed> OptionalTools(BuildSettings settings) => [];

    /// <summary>What other host tools are needed for, depending on what is built.</summary>
    public virtual IEnumerable<ToolNeed> MoreTools(IReadOnlyList<Flavour> flavours) => [];

    /// <summary>The flavours of musl that it cannot do without.</summary>
    public virtual IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [];

    /// <summary>Checks what can be known before anything is built.</summary>
    /// <exception cref="BuildException">The goal cannot be reached with these settings.</exception>
    public virtual void Check(GoalContext context)
    {
    }

    /// <summary>The stages whose results it is about.</summary>
    public virtual IEnumerable<IStage> Stages(GoalContext context) => [];

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
            // A missing compiler, say, which a run would install first, or stop at.
            return (PlannedState.WouldRun, e.Message);
        }
    }
}
