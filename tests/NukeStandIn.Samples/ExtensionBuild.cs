using Nuke.Common;
using Nuke.Common.Execution;

namespace NukeStandIn.Samples;

sealed class EarlyAttribute : BuildExtensionAttributeBase, IOnBuildCreated, IOnBuildInitialized
{
    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) =>
        Console.WriteLine($"early: targets {string.Join(' ', executableTargets.Select(x => x.Name))}");

    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan) =>
        Console.WriteLine($"early: plan {string.Join(' ', executionPlan.Select(x => x.Name))}");
}

sealed class LateAttribute : BuildExtensionAttributeBase, IOnBuildCreated, IOnBuildInitialized
{
    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) => Console.WriteLine("late: created");

    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan) =>
        Console.WriteLine("late: initialized");
}

sealed class OwnHelpAttribute : BuildExtensionAttributeBase, IOnBuildInitialized
{
    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan)
    {
        if (!Build.Help && !Build.Plan)
            return;

        foreach (var target in executableTargets.Where(x => x.Listed))
        {
            Console.WriteLine(
                $"own: {target.Name} [{target.Description}] {Traits(target)} after {Names(target.ExecutionDependencies)}");
        }

        Environment.Exit(3);
    }

    static string Traits(ExecutableTarget target) =>
        $"{(target.IsDefault ? "default" : "other")} {(target.Invoked ? "invoked" : "not invoked")} {target.Member.Name}"
        + $" {target.DependencyBehavior} {target.StaticConditions.Count(x => !x.Delegate())} {Names(target.OrderDependencies)}";

    static string Names(IEnumerable<ExecutableTarget> targets) => $"({string.Join(' ', targets.Select(x => x.Name))})";
}

[Late(Priority = 20)]
[Early(Priority = 200)]
[OwnHelp(Priority = 30)]
class ExtensionBuild : NukeBuild
{
    public static int Run() => Execute<ExtensionBuild>(x => x.Good);

    Target Good => _ => _
        .Description("A good one")
        .Executes(() => { });

    Target Odd => _ => _
        .DependsOn(Good)
        .OnlyWhenStatic(() => false)
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => { });

    Target Last => _ => _.Before(Odd).Executes(() => { });

    protected override void OnBuildFinished() =>
        Console.WriteLine($"method: finished {string.Join(' ', ExecutionPlan.Select(x => x.Status))}");

    protected override void OnBuildInitialized() => Console.WriteLine($"method: initialized {ExecutionPlan.Count}");
}
