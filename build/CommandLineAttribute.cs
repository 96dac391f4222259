using L4ReMusl.CommandLine;
using L4ReMusl.CommandLine.Plans;
using Nuke.Common;
using Nuke.Common.Execution;
using Serilog;

/// <summary>Looks at the command line before NUKE does: checks it, and answers --help and --plan.</summary>
sealed class CommandLineAttribute : BuildExtensionAttributeBase, IOnBuildCreated, IOnBuildInitialized
{
    static readonly string[] DocumentedVariables = ["CROSS_COMPILE_ARM", "CROSS_COMPILE_ARM64", "MUSL_VERSION", "CACHE_FOLDER"];

    static IReadOnlyList<string> Arguments => Environment.GetCommandLineArgs()[1..];

    static int Width => Console.IsOutputRedirected ? 100 : Math.Clamp(Console.WindowWidth, 60, 120);

    public override float Priority { get; set; } = 1000; // Ahead of all that NUKE brings, which goes up to 150.

    /// <summary>Keeps NUKE from taking HOST, TARGET and the like, which cross-compiling shells set, for its parameters.</summary>
    public static void DropAmbientVariables()
    {
        var parameters = Descriptions.ParameterMembers.Select(Descriptions.NameOf).Concat(EngineParameters.All.Select(p => p.Name));
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        foreach (var name in AmbientEnvironment.NamesToDrop(parameters, DocumentedVariables, variables))
            Environment.SetEnvironmentVariable(name, null);
    }

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets)
    {
        new ArgumentCheck(Descriptions.Of(executableTargets)).Verify(Arguments);
        new ParameterFileCheck(NukeBuild.RootDirectory / ".nuke").Verify(NukeBuild.LoadedLocalProfiles);
    }

    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets,
        IReadOnlyCollection<ExecutableTarget> executionPlan)
    {
        if (Build.Help)
            Answer(new HelpPage(Descriptions.Of(executableTargets), Guidance.Texts).Render(Width));
        if (Build.Plan)
            Answer(Show(Descriptions.Of(executionPlan, ParsedArguments.Parse(Arguments), ((IHazPipeline)Build).Pipeline)));
    }

    string Show(BuildPlan plan)
    {
        var page = Build.TemporaryDirectory / "execution-plan.html";
        File.WriteAllText(page, new PlanPage(plan, "l4re-musl").Render());
        return $"{new PlanText(plan).Render(Width)}{Environment.NewLine}The same as a page: {page}";
    }

    static void Answer(string text)
    {
        Console.WriteLine(text);
        Log.CloseAndFlush();
        Environment.Exit(0);
    }
}
