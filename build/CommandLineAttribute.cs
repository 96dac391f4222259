using System.ComponentModel;
using System.Reflection;
using L4ReMusl.Architectures;
using L4ReMusl.CommandLine;
using L4ReMusl.CommandLine.Plans;
using Nuke.Common;
using Nuke.Common.Execution;
using Serilog;

/// <summary>Looks at the command line before NUKE does: checks it, and answers --help and --plan.</summary>
sealed class CommandLineAttribute : BuildExtensionAttributeBase, IOnBuildCreated, IOnBuildInitialized
{
    static readonly string[] DocumentedVariables = ["CROSS_COMPILE_ARM", "CROSS_COMPILE_ARM64", "MUSL_VERSION", "CACHE_FOLDER"];

    public override float Priority { get; set; } = 1000; // Ahead of all that NUKE brings, which goes up to 150.

    /// <summary>Keeps NUKE from taking HOST, TARGET and the like, which cross-compiling shells set, for its parameters.</summary>
    public static void DropAmbientVariables()
    {
        var parameters = ParameterMembers().Select(member => member.Name).Concat(EngineParameters.All.Select(parameter => parameter.Name));
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        foreach (var name in AmbientEnvironment.NamesToDrop(parameters, DocumentedVariables, variables))
            Environment.SetEnvironmentVariable(name, null);
    }

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) =>
        new ArgumentCheck(Describe(executableTargets)).Verify(Environment.GetCommandLineArgs()[1..]);

    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets,
        IReadOnlyCollection<ExecutableTarget> executionPlan)
    {
        if (Build.Help)
            Answer(new HelpPage(Describe(executableTargets), Guidance.Texts).Render(Width));
        if (Build.Plan)
            Answer(ShowPlan(new BuildPlan(Invoked(executionPlan),
                [.. executionPlan.Select(Forecast)])));
    }

    static IReadOnlyList<string> Invoked(IReadOnlyCollection<ExecutableTarget> plan) =>
        [.. plan.Where(target => target.Invoked || (target.IsDefault && !plan.Any(other => other.Invoked))).Select(target => target.Name)];

    string ShowPlan(BuildPlan plan)
    {
        var page = Build.TemporaryDirectory / "execution-plan.html";
        File.WriteAllText(page, new PlanPage(plan, "l4re-musl").Render());
        return $"{new PlanText(plan).Render(Width)}{Environment.NewLine}The same as a page: {page}";
    }

    PlannedTarget Forecast(ExecutableTarget target)
    {
        var skipped = target.StaticConditions.Find(condition => !condition.Delegate());
        var (state, reason) = skipped.Text is not null
            ? (PlannedState.Skipped, $"not selected: {skipped.Text}")
            : ((IHazPipeline)Build).Pipeline.Forecast(target.Name);
        return new PlannedTarget(target.Name, target.Description ?? "", state, reason)
        {
            Dependencies = [.. target.ExecutionDependencies.Select(other => other.Name)],
            RunsAfter = [.. target.OrderDependencies.Select(other => other.Name)],
        };
    }

    static int Width => Console.IsOutputRedirected ? 100 : Math.Clamp(Console.WindowWidth, 60, 120);

    static void Answer(string text)
    {
        Console.WriteLine(text);
        Log.CloseAndFlush();
        Environment.Exit(0);
    }

    static CommandLineInfo Describe(IEnumerable<ExecutableTarget> targets) => new(
        [.. targets.Select(target => new TargetInfo(target.Name, target.Description ?? "", Group(target.Member))
        {
            IsDefault = target.IsDefault,
            IsListed = target.Listed,
            Dependencies = [.. target.ExecutionDependencies.Select(other => other.Name)],
            RunsAfter = [.. target.OrderDependencies.Select(other => other.Name)],
        })],
        ParameterMembers().Select(Describe));

    static L4ReMusl.CommandLine.ParameterInfo Describe(PropertyInfo member) => new(
        ParameterName.FromMember(member.Name), member.GetCustomAttribute<ParameterAttribute>()!.Description, Group(member), Kind(member))
    {
        ValidValues = member.Name == nameof(IHazPipeline.Architectures) ? [.. ArchitectureCatalogue.All.Select(a => a.Name)] : null,
    };

    static IEnumerable<PropertyInfo> ParameterMembers() => typeof(Build).GetInterfaces()
        .SelectMany(component => component.GetProperties())
        .Where(property => property.IsDefined(typeof(ParameterAttribute)));

    static string Group(MemberInfo member) => member.GetCustomAttribute<CategoryAttribute>()?.Category ?? "Other";

    static ParameterKind Kind(PropertyInfo member) =>
        member.PropertyType == typeof(bool) ? ParameterKind.Flag
        : member.PropertyType.IsArray ? ParameterKind.List
        : member.Name == nameof(ICompileMusl.Jobs) ? ParameterKind.Number
        : ParameterKind.Text;
}
