using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;

namespace L4ReMusl.Goals;

/// <summary>Brings the host tools for all goals of the run, and checks the compilers that will be used.</summary>
public sealed class ProvisionGoal() : Goal("Provision")
{
    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        ToolNeed[] needs = [.. context.Plan.SelectMany(goal => goal.Tools.Concat(goal.MoreTools(context.Flavours))).Distinct()];
        ToolNeed[] optional = [.. context.Plan.SelectMany(goal => goal.OptionalTools(context.Settings)).Distinct()];
        var result = context.Host.Provision(needs, optional, context.Graph.Components.Selected);
        if (needs.Contains(ToolNeed.Compile))
            VerifyCompilers(context);
        return new GoalReport(
        [
            new Figure("tools", $"{result.Tools.Count(tool => tool.Path is not null)}"),
            new Figure("installed", result.Installed.Count == 0 ? "none" : string.Join(" ", result.Installed)),
        ]);
    }

    // Before anything is built for one architecture, the compilers of all of them are known to be good.
    static void VerifyCompilers(GoalContext context)
    {
        foreach (var architecture in context.Settings.Architectures)
        {
            if (context.Graph.CompiledOf(architecture, context.Flavours).Any(stage => context.Runner.ReasonToRun(stage) is not null))
                context.Graph.Toolchains.Verify(architecture);
        }
    }
}
