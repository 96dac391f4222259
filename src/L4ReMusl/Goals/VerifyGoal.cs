using L4ReMusl.HostTools;
using L4ReMusl.Packs;
using L4ReMusl.Settings;

namespace L4ReMusl.Goals;

/// <summary>Checks a pack, wherever it comes from.</summary>
public sealed class VerifyGoal() : Goal("Verify")
{
    /// <inheritdoc/>
    public override bool NeedsVersion => false;

    /// <inheritdoc/>
    public override IEnumerable<ToolNeed> OptionalTools(BuildSettings settings) => [ToolNeed.Sign];

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var (folder, signers) =
            (context.Settings.Get(Parameters.PackFolder), context.Settings.Get(Parameters.AllowedSigners));
        return new GoalReport(
            new PackVerifier(context.Graph.Packs.Signature).Verify(folder ?? context.Layout.Pack, signers));
    }
}
