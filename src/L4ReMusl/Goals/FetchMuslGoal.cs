using L4ReMusl.CommandLine.Plans;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;

namespace L4ReMusl.Goals;

/// <summary>Fetches musl's archive into the cache and verifies it.</summary>
public sealed class FetchMuslGoal() : Goal("FetchMusl")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Signature];

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var fetched = context.Graph.Musl.Archive.Fetch();
        return new GoalReport(
        [
            new Figure("version", fetched.Archive.Version),
            new Figure("from", fetched.Origin),
            new Figure("SHA-256", "good"),
            new Figure("signature", fetched.SignatureNote),
        ]);
    }

    /// <inheritdoc/>
    public override (PlannedState State, string Reason) Forecast(GoalContext context)
    {
        var file = context.Graph.Musl.Archive.Archive.FileName;
        return File.Exists(Path.Combine(context.Layout.Downloads, file))
            ? (PlannedState.UpToDate, $"{file} is in the cache, and would be verified again")
            : (PlannedState.WouldRun, $"{file} is not in the cache {context.Layout.Downloads}");
    }
}
