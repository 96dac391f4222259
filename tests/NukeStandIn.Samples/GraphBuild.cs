using Nuke.Common;
using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.CI.GitHubActions;
using Serilog;

namespace NukeStandIn.Samples;

[GitHubActions(
    "ci",
    GitHubActionsImage.Ubuntu2404,
    On = [GitHubActionsTrigger.Push, GitHubActionsTrigger.PullRequest],
    InvokedTargets = [nameof(Package)],
    CacheKeyFiles = ["global.json"],
    TimeoutMinutes = 60,
    AutoGenerate = false)]
[AzurePipelines(
    AzurePipelinesImage.UbuntuLatest,
    InvokedTargets = [nameof(Package)],
    NonEntryTargets = [nameof(Clean)],
    CachePaths = [AzurePipelinesCachePaths.NuGet],
    AutoGenerate = false)]
class GraphBuild : NukeBuild
{
    public static int Run() => Execute<GraphBuild>(x => x.Package);

    Target Clean => _ => _
        .Before(Fetch)
        .Executes(() => Log.Information("cleaning"));

    Target Fetch => _ => _
        .Description("Fetches things")
        .Executes(() =>
        {
            Log.Verbose("verbose {Value}", 1);
            Log.Debug("debug");
            Log.Information("text {Text} and number {Number}", "abc", 42);
            ReportSummary(summary =>
            {
                summary.Add("Version", "1.2.5");
                summary.Add("Files", "235");
                return summary;
            });
        });

    Target CompileArm => _ => _
        .DependsOn(Fetch)
        .Executes(() => { });

    Target CompileArm64 => _ => _
        .DependsOn(Fetch)
        .Executes(() => { });

    Target Compile => _ => _
        .DependsOn(CompileArm, CompileArm64);

    Target Package => _ => _
        .DependsOn(Compile, Docs)
        .After(Lint, SmokeTest)
        .Produces(RootDirectory / "out" / "*.deb")
        .Executes(() => { });

    Target SmokeTest => _ => _
        .DependsOn(Compile)
        .Executes(() => Log.Warning("a warning about {Number} things", 42));

    Target Lint => _ => _
        .Executes(() => 42);

    Target Docs => _ => _
        .Executes(() => { });
}

class CycleBuild : NukeBuild
{
    public static int Run() => Execute<CycleBuild>(x => x.Alone);

    Target Alone => _ => _.Executes(() => { });

    Target Hen => _ => _.DependsOn(Egg);

    Target Egg => _ => _.After(Hen);
}
