using System.Runtime.InteropServices;
using L4ReMusl.Backend;
using L4ReMusl.CommandLine.Plans;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Graph;
using L4ReMusl.Layout;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Stages;
using Serilog;

namespace L4ReMusl.Goals;

/// <summary>Reaches goals; the entry point for the build classes.</summary>
public sealed class Pipeline : IDisposable
{
    // A signal may reach this process alone, and not the programs that it runs.
    static readonly PosixSignal[] EndingSignals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    readonly JobServer jobs;
    readonly List<PosixSignalRegistration> signals;
    readonly JobSummary summary;
    GoalContext context;
    bool hasStarted;

    /// <summary>Creates a pipeline. Apart from the key of the remote cache, files and tools are touched only later.</summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="root">The repository.</param>
    /// <param name="log">Receives what is done and why.</param>
    /// <param name="display">Shows progress.</param>
    /// <exception cref="BuildException">The key of the remote cache is none, or cannot be read.</exception>
    public Pipeline(BuildSettings settings, string root, ILogger log, ProgressDisplay display)
    {
        var environment = ToolEnvironment.FromHost();
        var layout = new BuildLayout(root, settings.CacheFolder);
        var folders = new StageFolders(layout.Output);
        jobs = new JobServer(settings.Jobs, folders.JobServer);
        var build = new BuildContext(settings, layout, new ToolRunner(environment, jobs), display, log);
        var host = new HostSetup(build, environment);
        var cache = new CacheSetup(build, Environment.GetEnvironmentVariable).Compose();
        context = new GoalContext(
            build,
            new StageGraph(build, new(() => host.Installer)),
            new StageRunner(new StageMaker(folders, cache, jobs, log), folders, log),
            jobs,
            cache,
            host,
            [],
            [Flavour.Linux]);
        summary = new JobSummary(
            Environment.GetEnvironmentVariable, Path.Combine(layout.Reports, "summary.md"), Console.Out);
        signals = [.. EndingSignals.Select(signal => PosixSignalRegistration.Create(signal, _ => Stop()))];
    }

    /// <summary>
    /// Takes the targets of a run, and checks them against the repository's data, such as the versions of musl that are known.
    /// </summary>
    /// <param name="targets">The names of the targets, in the order in which they will run.</param>
    /// <exception cref="BuildException">They cannot be reached.</exception>
    public void Validate(IEnumerable<string> targets)
    {
        Goal[] goals = [.. targets.Select(GoalCatalogue.Of)];
        var graph = context.Graph;
        if (goals.All(goal => goal.NeedsVersion)) // Otherwise one of the goals adds it.
            _ = (graph.Musl.Archive, graph.Musl.Series);
        _ = (graph.L4ReFlavour.Series, graph.Components.Selected, graph.Rust.Targets);
        context = context with { Plan = goals, Flavours = FlavourSelection.For(context.Settings, goals) };
        if (context.HasL4ReFlavour)
            BackendLibrary.Validate(context.Settings.Architectures);
        foreach (var goal in goals)
            goal.Check(context);
    }

    /// <summary>Whether the user selected an architecture.</summary>
    public bool IsSelected(string architecture) => context.Settings.Architectures.Any(selected => selected.Name == architecture);

    /// <summary>Does the work of a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="later">
    /// The targets that are still to come. Their stages start already, once host tools and sources are there.
    /// </param>
    /// <exception cref="BuildException">It failed.</exception>
    public GoalReport Reach(string target, IEnumerable<string> later)
    {
        var isEnd = context.Plan is [.., var last] && last.Target == target;
        try
        {
            var goal = GoalCatalogue.Of(target);
            if (!hasStarted && goal.Stages(context).Any())
            {
                hasStarted = true;
                context.Runner.Start([.. later.Select(GoalCatalogue.Of).Prepend(goal).SelectMany(StagesToStart)]);
            }

            var report = goal.Reach(context);
            summary.Add(target, report);
            return report;
        }
        catch (Exception e)
        {
            isEnd = true;
            if (e is BuildException failure)
                summary.Add(target, failure);
            throw;
        }
        finally
        {
            if (isEnd)
                End();
        }
    }

    /// <summary>Finishes what may take a while, unless the user has interrupted the build.</summary>
    /// <remarks>
    /// After a failure, stages may still be running. With <c>--keep-going</c>, they are finished. Uploads to a cache are, too.
    /// </remarks>
    public void End()
    {
        if (context.Settings.KeepGoing)
            context.Runner.Finish(all: true);
        Stop();
        context.Runner.Finish(all: false);
        context.Cache.Finish();
        summary.Finish();
    }

    /// <summary>Stops what is still running.</summary>
    public void Dispose()
    {
        Stop();
        context.Runner.Dispose();
        jobs.Dispose();
        signals.ForEach(signal => signal.Dispose());
    }

    void Stop() => context.Build.Tools.Stop();

    // What cannot be composed, because a tool is missing perhaps, is an error of the target that needs it.
    IEnumerable<IStage> StagesToStart(Goal goal)
    {
        try
        {
            return [.. goal.StagesToStart(context)];
        }
        catch (BuildException)
        {
            return [];
        }
    }

    /// <summary>Says what a run of a target would do, and why.</summary>
    public (PlannedState State, string Reason) Forecast(string target) => GoalCatalogue.Of(target).Forecast(context);
}
