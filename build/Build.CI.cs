using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.CI.GitHubActions;

// Written to .github/workflows/ci.yml and azure-pipelines.yml on request only (docs/ci.md says how): never behind a user's back.
// All stages share one job in both systems, because what one makes on its agent the next one needs.
[GitHubActions(
    "ci",
    GitHubActionsImage.Ubuntu2404,
    AutoGenerate = false,
    On = [GitHubActionsTrigger.Push, GitHubActionsTrigger.PullRequest],
    InvokedTargets = [nameof(ILsbRoot.LsbRoot), nameof(ISmokeTest.SmokeTest), nameof(IRunTests.Test)],
    CacheIncludePatterns = ["~/.cache/l4re-musl", "~/.nuget/packages"],
    CacheKeyFiles =
    [
        "config/sources.json", "config/components/**", "patches/**",
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
    CachePaths = [AzurePipelinesCachePaths.NuGet])]
partial class Build;
