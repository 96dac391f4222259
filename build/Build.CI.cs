using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.CI.GitHubActions;

// Written to .github/workflows and azure-pipelines.yml only on request (see docs/ci.md), never by an ordinary build.
[Workflow(
    "ci",
    GitHubActionsImage.Ubuntu2404,
    AutoGenerate = false,
    On = [GitHubActionsTrigger.Push, GitHubActionsTrigger.PullRequest],
    InvokedTargets =
    [
        nameof(ILsbRoot.LsbRoot), nameof(ISmokeTest.SmokeTest), nameof(IRust.RustTest), nameof(IPack.Pack),
        nameof(IRunTests.Test),
    ],
    Jobs =
    [
        "arm: LsbRoot SmokeTest RustTest Pack --architectures arm",
        "arm64: LsbRoot SmokeTest RustTest Pack --architectures arm64",
        "test: Test",
    ],
    CacheIncludePatterns = ["~/.cache/l4re-musl", "~/.nuget/packages"],
    CacheKeyFiles =
    [
        "config/**", "patches/**", "build/**/*.cs", "src/**/*.cs",
        "**/packages.lock.json", "**/*.csproj", "Directory.Packages.props",
    ],
    PublishCondition = "always()",
    TimeoutMinutes = 60)]
[Workflow(
    "release",
    GitHubActionsImage.Ubuntu2404,
    AutoGenerate = false,
    OnPushTags = ["v*"],
    InvokedTargets = [nameof(IPack.Publish)],
    Jobs = ["release: Publish --flavours linux l4re --languages c c++ --kernel-headers --debug-symbols"],
    EnableGitHubToken = true,
    WritePermissions = [GitHubActionsPermissions.Contents],
    Secrets = ["L4RE_MUSL_SIGNING_KEY"],
    CacheIncludePatterns = ["~/.cache/l4re-musl", "~/.nuget/packages"],
    CacheKeyFiles =
    [
        "config/**", "patches/**", "build/**/*.cs", "src/**/*.cs",
        "**/packages.lock.json", "**/*.csproj", "Directory.Packages.props",
    ],
    TimeoutMinutes = 120)]
[AzurePipelines(
    AzurePipelinesImage.UbuntuLatest,
    AutoGenerate = false,
    InvokedTargets = [nameof(ISmokeTest.SmokeTest), nameof(IPack.Pack), nameof(IRunTests.Test)],
    NonEntryTargets =
    [
        nameof(IProvision.Provision), nameof(IFetchMusl.FetchMusl), nameof(IPatchMusl.Patch), nameof(ICompileMusl.CompileArm),
        nameof(ICompileMusl.CompileArm64), nameof(IStageMusl.Stage), nameof(ICompileComponents.CompileComponents),
        nameof(IPackageL4Re.PackageL4Re), nameof(ILsbRoot.LsbRoot), nameof(IMakeImages.Image),
        nameof(IRust.RustStd), nameof(IRust.RustEnvironment), nameof(IRust.RustTest),
    ],
    CachePaths = ["~/.cache/l4re-musl", AzurePipelinesCachePaths.NuGet],
    CacheKeyFiles =
    [
        "config/**", "patches/**", "build/**/*.cs", "src/**/*.cs",
        "**/packages.lock.json", "**/*.csproj", "Directory.Packages.props",
    ])]
partial class Build;
