using L4ReMusl.Caching;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Settings;

namespace L4ReMusl.Goals;

/// <summary>Shows what the caches hold.</summary>
public sealed class CacheInfoGoal() : Goal("CacheInfo")
{
    /// <inheritdoc/>
    public override bool NeedsVersion => false;

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var contents = CacheFolderContents.Read(context.Layout.CacheFolder, Path.GetFileName(context.Layout.CompiledResults));
        var results = context.Cache.Local.Folder;
        var rows = contents.Select(part => new[]
        {
            part.Description,
            $"{part.Files}",
            Figure.HumanSize(part.Bytes),
            part.LastUsed is { } time ? $"{time:yyyy-MM-dd}" : "never",
            part.Path == results ? Figure.HumanSize(context.Cache.Local.MaximumSize) : "none",
            part.Path,
        });
        var table = TextTable.Render(["What", "Files", "Size", "Last used", "Limit", "Where"], rows);
        return GoalReport.OfText($"Caches:{Environment.NewLine}{table}{Environment.NewLine}{Remote(context)}");
    }

    static string Remote(GoalContext context)
    {
        if (context.Cache.Remote is not { } remote)
        {
            return context.Settings.Get(Parameters.RemoteCache) is { } location
                ? $"The remote cache {location} is not used, because of --offline."
                : "There is no remote cache; --remote-cache names one.";
        }

        var state = remote.Problem() is { } problem ? $"cannot be used: {problem}" : "can be reached";
        var trust = remote.Key is null ? "without signatures" : "with signatures";
        return $"The remote cache {remote.Location} ({remote.Mode.Word()}, {trust}) {state}.";
    }
}
