using L4ReMusl.CommandLine;
using L4ReMusl.CommandLine.Plans;
using L4ReMusl.Foundation.Reports;
using Nuke.Common.Execution;
using Serilog;

/// <summary>Answers --help and --plan instead of NUKE, and keeps stack traces out of its log.</summary>
sealed class CommandLineAttribute : BuildExtensionAttributeBase, IOnBuildCreated, IOnBuildInitialized
{
    static int Width => Console.IsOutputRedirected ? 100 : Math.Clamp(Console.WindowWidth, 60, 120);

    public override float Priority { get; set; } = 1000; // Before NUKE's own extensions, which go up to 150.

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) =>
        Log.Logger = TraceFilter.InFrontOf(Log.Logger, Startup.Failures);

    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets,
        IReadOnlyCollection<ExecutableTarget> executionPlan)
    {
        if (Build.Help)
            Answer(new HelpPage(BuildModel.Of(executableTargets), HelpContent.Texts).Render(Width));
        if (Build.Plan)
            Answer(Show(executableTargets, executionPlan));
    }

    string Show(IReadOnlyCollection<ExecutableTarget> all, IReadOnlyCollection<ExecutableTarget> executionPlan)
    {
        var pipeline = ((IHazPipeline)Build).Pipeline;
        pipeline.Validate([.. executionPlan.Select(target => target.Name)]); // As a run would.
        var plan = BuildModel.Of(all, executionPlan, Startup.Given.Skipped, pipeline);
        var page = Build.TemporaryDirectory / "execution-plan.html";
        File.WriteAllText(page, new PlanPage(plan, "l4re-musl").Render());
        return $"{new PlanText(plan).Render(Width, Startup.IsTerminal)}{Environment.NewLine}The same as a page: {page}";
    }

    static void Answer(string text)
    {
        Console.WriteLine(text);
        Log.CloseAndFlush();
        Environment.Exit(0);
    }
}
