using L4ReMusl.HostTools;
using L4ReMusl.Sources;
using L4ReMusl.Versions;

namespace L4ReMusl.Goals;

/// <summary>Adds a version of musl to the catalogue.</summary>
public sealed class AddVersionGoal() : Goal("AddVersion")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Signature, ToolNeed.Patch];

    /// <inheritdoc/>
    public override bool NeedsVersion => false;

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        context.Runner.Lock();
        var (settings, tools) = (context.Settings, context.Build.Tools);
        var locations = new ArchiveLocations(settings.Mirrors, settings.Offline, new DebianMirrors(settings.DebianMirror, tools));
        var added = new VersionAdder(context.Layout, locations, tools).Add(settings.MuslVersion);
        return GoalReport.OfText(string.Join(Environment.NewLine, added.Lines()));
    }
}
