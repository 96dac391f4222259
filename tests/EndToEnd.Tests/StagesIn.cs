using L4ReMusl.Foundation.Reports;
using L4ReMusl.Graph;
using L4ReMusl.Layout;
using L4ReMusl.Settings;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The real stages, for tests that run some of them in copies of the repository.</summary>
static class StagesIn
{
    /// <summary>The stages that some settings compose.</summary>
    public static StageGraph Graph(BuildLayout layout, BuildSettings settings) => new(
        new BuildContext(settings, layout, Tools.OfHost, new ProgressDisplay(TextWriter.Null, isTerminal: false), Silent),
        new(() => throw new NotSupportedException("Tests install nothing")));

    /// <summary>Runs stages.</summary>
    public static StageRunner Runner(BuildLayout layout)
    {
        var folders = new StageFolders(layout.Output);
        var maker = new StageMaker(folders, Caches.In(layout.CompiledResults), Tools.Jobs, Silent);
        return new StageRunner(maker, folders, Silent);
    }

    static Serilog.ILogger Silent => Serilog.Core.Logger.None;
}
