using L4ReMusl.Foundation.Reports;
using L4ReMusl.Graph;
using L4ReMusl.HostTools;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Rust;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>
/// Runs the tests of the crate <c>l4re-libc</c> with the staged prefixes, and a program without <c>std</c> with those of the
/// l4re flavour.
/// </summary>
public sealed class RustTestGoal() : Goal("RustTest")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.RustTest];

    /// <inheritdoc/>
    /// <remarks>Programs of the l4re flavour are run without a kernel, too, which takes a system emulator.</remarks>
    public override IEnumerable<ToolNeed> MoreTools(BuildSettings settings, IReadOnlyList<Flavour> flavours) =>
        flavours.Contains(Flavour.L4Re) ? [ToolNeed.Boot] : [];

    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [Flavour.Linux];

    /// <inheritdoc/>
    public override IEnumerable<IStage> StagesToStart(GoalContext context) =>
        context.HasL4ReFlavour ? ArchitecturesOf(context.Graph.Rust).Select(one => context.Graph.Rust.Natives[one]) : [];

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var rust = context.Graph.Rust;
        var tests = new RustTestRun(context.Layout, rust.Choice.Cargo, context.Build.Tools);
        return new GoalReport(
        [
            .. rust.Targets.Select(target => FigureOf(target, tests.Run(rust.SettingsOf(target)))),
            .. context.HasL4ReFlavour ? ArchitecturesOf(rust).Select(one => Natives(context, one)) : [],
        ]);
    }

    static Figure FigureOf(RustTarget target, IEnumerable<(string Suite, int Passed)> results) =>
        new(target.Name, string.Join(", ", results.Select(result => $"{result.Suite} {result.Passed} passed")));

    static IEnumerable<Architecture> ArchitecturesOf(RustGraph rust) =>
        rust.Targets.Select(target => target.Architecture).Distinct();

    static Figure Natives(GoalContext context, Architecture architecture)
    {
        var stage = context.Graph.Rust.Natives[architecture];
        context.Runner.Run(stage);
        return new NativeCrateTest(architecture, stage.Output, context.Build.Tools).Run();
    }
}
