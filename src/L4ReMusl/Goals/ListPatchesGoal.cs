using L4ReMusl.Patching;

namespace L4ReMusl.Goals;

/// <summary>Lists the patches of the selected flavours.</summary>
public sealed class ListPatchesGoal() : Goal("ListPatches")
{
    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var musl = context.Graph.Musl.Series;
        var series = context.HasL4ReFlavour
            ? new PatchSeries([.. musl.Patches, .. context.Graph.L4ReFlavour.Series.Patches])
            : musl;
        return GoalReport.OfText(string.Join(Environment.NewLine, PatchListing.Lines(series)));
    }
}
