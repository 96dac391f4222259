using L4ReMusl.Auditing;
using L4ReMusl.Machines;

namespace L4ReMusl.Goals;

/// <summary>Checks what is shipped against security advisories.</summary>
public sealed class AuditGoal() : Goal("Audit")
{
    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var (layout, places) = (context.Layout, context.Settings.Advisories);
        var auditor = new Auditor(Assessment.ReadAll(layout.Assessments), Shipped(context));
        var findings = auditor.Examine(AdvisoryFiles.Read(places.Count > 0 ? places : [layout.Advisories]));
        var report = new AuditReport(findings, DateOnly.FromDateTime(DateTime.UtcNow));
        context.Build.Log.Information("Advisories:{NewLine:l}{Table:l}", Environment.NewLine, report.Table);
        report.ThrowIfOpen();
        return new GoalReport(report.Figures);
    }

    static List<ShippedThing> Shipped(GoalContext context)
    {
        var (shipped, architectures) = (context.Graph.Sboms.Shipped, context.Settings.Architectures);
        return
        [
            .. shipped.Common
                .Concat(architectures.SelectMany(architecture =>
                    IfThere(
                        context, "GCC's runtime", architecture, one => [shipped.GccRuntime(one), .. shipped.CxxLibrary(one)])))
                .Concat(architectures.SelectMany(architecture =>
                    IfThere(context, "The kernel of the boot set", architecture, one => [shipped.Kernel(one)])))
                .DistinctBy(thing => (thing.Name, thing.Version)),
        ];
    }

    // What has not been built yet is not shipped.
    static IEnumerable<ShippedThing> IfThere(
        GoalContext context, string what, Architecture architecture, Func<Architecture, IReadOnlyList<ShippedThing>> find)
    {
        try
        {
            return find(architecture);
        }
        catch (BuildException e)
        {
            context.Build.Log.Information(
                "{What:l} for {Architecture} is left out: {Reason:l}", what, architecture.Name, e.Message.Split('\n')[0]);
            return [];
        }
    }
}
