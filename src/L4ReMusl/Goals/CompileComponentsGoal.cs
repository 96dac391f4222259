using L4ReMusl.Components;
using L4ReMusl.HostTools;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Builds the components and shows the outcome of each.</summary>
public sealed class CompileComponentsGoal() : Goal("CompileComponents")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Component];

    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [Flavour.Linux];

    /// <inheritdoc/>
    public override IEnumerable<IStage> Stages(GoalContext context) =>
        context.Settings.Architectures.SelectMany(architecture => context.Graph.Components.Stages[architecture]);

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var (architectures, components) = (context.Settings.Architectures, context.Graph.Components);
        var builder = new ComponentBuilder(context.Runner);
        foreach (var architecture in architectures)
        {
            var musl = context.Runner.Run(context.Graph.Musl.Compiled[architecture]);
            builder.AddMusl(architecture, context.Settings.MuslVersion, musl);
            builder.Build(architecture, components.Stages[architecture]);
        }

        context.Build.Log.Information(
            "Components:{NewLine:l}{Table:l}",
            Environment.NewLine,
            ComponentTable.Render(components.Catalogue.Names, architectures, builder.Outcomes));
        return GoalReport.Of(builder.Reports) with { Failure = builder.Failure };
    }
}
