using L4ReMusl.Foundation.Reports;
using L4ReMusl.Foundation.Text;
using L4ReMusl.HostTools;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Runs tests of the project that need its results.</summary>
/// <param name="name">The target's name.</param>
/// <param name="scope">Which tests.</param>
public sealed class TestGoal(string name, TestScope scope) : Goal(name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Test, ToolNeed.Boot];

    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => Flavour.All;

    /// <inheritdoc/>
    public override IEnumerable<IStage> StagesToStart(GoalContext context) =>
        context.Settings.Architectures.Select(architecture => context.Graph.L4ReFlavour.Tests[architecture]);

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        context.Runner.Run(StagesToStart(context));
        return Report(RunOf(context).Run(scope));
    }

    /// <summary>Runs tests in this build.</summary>
    public static TestRun RunOf(GoalContext context) =>
        new(context.Layout, context.Build.Tools, context.Build.Display.Writer);

    /// <summary>Reports what ran, and what took longest.</summary>
    public static GoalReport Report(TestResults results) => new(
    [
        new Figure("passed", $"{results.Passed}"),
        new Figure("failed", $"{results.Failed}"),
        new Figure("skipped", $"{results.Skipped}"),
    ])
    {
        Text = "The slowest tests:" + IndentedLines.Of(
            results.Slowest.Select(test => $"{test.Duration.TotalSeconds,7:0.0} s  {test.Name}")),
    };
}
