using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.CI.GitHubActions;

// Written to .github/workflows/ci.yml and azure-pipelines.yml only on request (see docs/ci.md), never by an ordinary build.
// In both systems all stages share one job, because each needs the previous one's results on the same agent.
[GitHubActions(
    "ci",
    GitHubActionsImage.Ubuntu2404,
    AutoGenerate = false,
    On = [GitHubActionsTrigger.Push, GitHubActionsTrigger.PullRequest],
    InvokedTargets = [nameof(ILsbRoot.LsbRoot), nameof(ISmokeTest.SmokeTest), nameof(IRunTests.Test)],
    CacheIncludePatterns = ["~/.cache/l4re-musl", "~/.nuget/packages"],
    CacheKeyFiles =
    [
        "config/sources.json", "config/kernels.lock.json", "config/components/**", "patches/**",
        "**/packages.lock.json", "**/*.csproj", "Directory.Packages.props",
    ],
    PublishCondition = "always()",
    TimeoutMinutes = 60)]
[AzurePipelines(
    AzurePipelinesImage.UbuntuLatest,
    AutoGenerate = false,
    InvokedTargets = [nameof(IRunTests.Test)],
    NonEntryTargets =
    [
        nameof(IProvision.Provision), nameof(IFetchMusl.FetchMusl), nameof(IPatchMusl.Patch), nameof(ICompileMusl.CompileArm),
        nameof(ICompileMusl.CompileArm64), nameof(IStageMusl.Stage), nameof(ICompileComponents.CompileComponents),
        nameof(IPackageL4Re.PackageL4Re), nameof(ILsbRoot.LsbRoot), nameof(IMakeImages.Image),
        nameof(IRust.RustStd), nameof(IRust.RustEnvironment), nameof(IRust.RustTest),
    ],
    CachePaths = ["~/.cache/l4re-musl", AzurePipelinesCachePaths.NuGet])]
partial class Build;
