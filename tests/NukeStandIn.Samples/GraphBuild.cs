using Nuke.Common;
using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.Utilities.Collections;
using Serilog;

namespace NukeStandIn.Samples;

[GitHubActions(
    "ci",
    GitHubActionsImage.UbuntuLatest,
    GitHubActionsImage.Ubuntu2204,
    On = [GitHubActionsTrigger.Push, GitHubActionsTrigger.PullRequest],
    OnPushBranches = ["main"],
    ReadPermissions = [GitHubActionsPermissions.Contents],
    InvokedTargets = [nameof(Package)],
    CacheKeyFiles = ["global.json"],
    TimeoutMinutes = 60,
    FetchDepth = 0,
    AutoGenerate = false)]
[AzurePipelines(
    AzurePipelinesImage.UbuntuLatest,
    InvokedTargets = [nameof(Package)],
    NonEntryTargets = [nameof(Clean)],
    CachePaths = [AzurePipelinesCachePaths.Nuke],
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
            ReportSummary(_ => _.AddPair("Version", "1.2.5").AddPair("Files", 235));
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
        .DependsOn(Compile)
        .After(Lint, SmokeTest)
        .Produces(RootDirectory / "out" / "*.deb")
        .Executes(() => Task.CompletedTask);

    Target SmokeTest => _ => _
        .DependsOn(Compile)
        .Consumes(Package)
        .Executes(() => Log.Warning("a warning about {Number} things", 42));

    Target Lint => _ => _
        .Unlisted()
        .Executes(() => 42);

    Target Docs => _ => _
        .DependentFor(Package)
        .Executes(() => { });
}
