using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.Utilities.Collections;

namespace NukeStandIn.Samples;

sealed class EarlyAttribute : BuildExtensionAttributeBase, IOnBuildCreated
{
    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) =>
        Console.WriteLine($"early: name is {((ExtensionBuild)Build).Name ?? "unknown"}");
}

sealed class LateAttribute : BuildExtensionAttributeBase, IOnBuildCreated, IOnBuildInitialized
{
    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) =>
        Console.WriteLine($"late: name is {((ExtensionBuild)Build).Name}, targets {string.Join(' ', executableTargets.Select(x => x.Name))}");

    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan) =>
        Console.WriteLine($"late: plan {string.Join(' ', executionPlan.Select(x => $"{x.Name}/{x.Status}"))}");
}

sealed class OwnHelpAttribute : BuildExtensionAttributeBase, IOnBuildInitialized
{
    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan)
    {
        if (!Build.Help && !Build.Plan)
            return;

        foreach (var target in executableTargets.Where(x => x.Listed))
            Console.WriteLine($"own: {target.Name} [{target.Description}] after {string.Join(' ', target.AllDependencies.Select(x => x.Name))}");
        Environment.Exit(3);
    }
}

sealed class ReporterAttribute : BuildExtensionAttributeBase,
    IOnTargetRunning, IOnTargetSkipped, IOnTargetSucceeded, IOnTargetFailed, IOnTargetSummaryUpdated, IOnBuildFinished
{
    public void OnTargetRunning(ExecutableTarget target) => Console.WriteLine($"extension: running {target.Name}");

    public void OnTargetSkipped(ExecutableTarget target) => Console.WriteLine($"extension: skipped {target.Name}");

    public void OnTargetSucceeded(ExecutableTarget target) => Console.WriteLine($"extension: succeeded {target.Name}");

    public void OnTargetFailed(ExecutableTarget target) => Console.WriteLine($"extension: failed {target.Name}");

    public void OnTargetSummaryUpdated(INukeBuild build, ExecutableTarget target) =>
        Console.WriteLine($"extension: summary {target.Name} {string.Join(' ', target.SummaryInformation)}");

    public void OnBuildFinished() => Console.WriteLine($"extension: finished, exit code {Build.ExitCode}");
}

[Early(Priority = 200)]
[Late(Priority = 50)]
[OwnHelp(Priority = 20)]
[Reporter]
class ExtensionBuild : NukeBuild
{
    public static int Run() => Execute<ExtensionBuild>(x => x.Good);

    [Parameter] public string? Name { get; }

    Target Good => _ => _
        .Description("A good one")
        .Executes(() => ReportSummary(_ => _.AddPair("Key", "value")));

    Target Bad => _ => _.DependsOn(Good).Executes(() => throw new FormatException("bad"));

    Target Skipped => _ => _.OnlyWhenDynamic(() => false).Executes(() => { });

    Target Hidden => _ => _.Unlisted().Executes(() => { });

    protected override void OnBuildCreated() => Console.WriteLine($"method: created {Name}");

    protected override void OnBuildInitialized() => Console.WriteLine($"method: initialized {ExecutionPlan.Count}");

    protected override void OnTargetRunning(string target) => Console.WriteLine($"method: running {target}");

    protected override void OnTargetSkipped(string target) => Console.WriteLine($"method: skipped {target}");

    protected override void OnTargetSucceeded(string target) => Console.WriteLine($"method: succeeded {target}");

    protected override void OnTargetFailed(string target) => Console.WriteLine($"method: failed {target}");

    protected override void OnBuildFinished() => Console.WriteLine($"method: finished {IsSucceeding} {IsFinished}");
}
