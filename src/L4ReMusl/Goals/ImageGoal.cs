using L4ReMusl.Boot;
using L4ReMusl.HostTools;
using L4ReMusl.Musl;
using L4ReMusl.NativeBoot;
using L4ReMusl.Settings;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Makes the boot sets, which include L4Re's boot images if the user has an L4Re tree.</summary>
public sealed class ImageGoal() : Goal("Image")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Kernel];

    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) =>
        settings.Tree is null ? [Flavour.Linux] : Flavour.All;

    /// <inheritdoc/>
    public override void Check(GoalContext context) => CheckBootSets(context);

    /// <inheritdoc/>
    public override IEnumerable<IStage> Stages(GoalContext context) =>
        [.. context.Graph.Boot.OfTree, .. context.Settings.Architectures.SelectMany(context.Graph.BootSetOf)];

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        if (context.Settings.Tree is null)
            context.Build.Log.Information("L4Re's boot images are left out: --l4re-build names no build folder of an L4Re tree");
        return base.Reach(context);
    }

    /// <summary>Checks that boot sets can be made.</summary>
    /// <exception cref="BuildException">They cannot.</exception>
    public static void CheckBootSets(GoalContext context)
    {
        var settings = context.Settings;
        BootSetStage.Validate(
            settings.Architectures, settings.ImageFormats.Select(format => format.Name), context.Graph.Components.Selected);
        if (settings.Tree is not null)
            L4ReAssetsStage.Validate(settings.ImageFormats);
    }
}
