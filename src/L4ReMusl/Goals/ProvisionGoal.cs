using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;

namespace L4ReMusl.Goals;

/// <summary>Provides the host tools for all goals of the run, and checks the compilers that will be used.</summary>
public sealed class ProvisionGoal() : Goal("Provision")
{
    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        ToolNeed[] needs =
        [
            .. context.Plan
                .SelectMany(goal => goal.Tools.Concat(goal.MoreTools(context.Settings, context.Flavours))).Distinct(),
        ];
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

    // A bad compiler for the last architecture is reported before anything is built for the first.
    static void VerifyCompilers(GoalContext context)
    {
        foreach (var architecture in context.Settings.Architectures)
        {
            var stages = context.Graph.CompiledOf(architecture, context.Flavours);
            if (stages.Any(stage => context.Runner.ReasonToRun(stage) is not null))
                context.Graph.Toolchains.Verify(architecture);
        }
    }
}
