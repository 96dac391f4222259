namespace Nuke.Common.CI.GitHubActions;

/// <summary>Describes a workflow of GitHub Actions.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class GitHubActionsAttribute : ConfigurationAttributeBase
{
    /// <param name="name">The name of the workflow and of its file.</param>
    /// <param name="image">The first machine to run on. The machines matter to the generator of the real package only.</param>
    /// <param name="images">Further machines.</param>
    public GitHubActionsAttribute(string name, GitHubActionsImage image, params GitHubActionsImage[] images) =>
        IdPostfix = name.Replace(' ', '_');

    public override string IdPostfix { get; }
    public override Type HostType => typeof(GitHubActions);

    public GitHubActionsTrigger[] On { get; set; } = [];
    public string[] OnPushBranches { get; set; } = [];
    public string[] OnPushBranchesIgnore { get; set; } = [];
    public string[] OnPushTags { get; set; } = [];
    public string[] OnPushTagsIgnore { get; set; } = [];
    public string[] OnPushIncludePaths { get; set; } = [];
    public string[] OnPushExcludePaths { get; set; } = [];
    public string[] OnPullRequestBranches { get; set; } = [];
    public string[] OnPullRequestTags { get; set; } = [];
    public string[] OnPullRequestIncludePaths { get; set; } = [];
    public string[] OnPullRequestExcludePaths { get; set; } = [];
    public string[] OnWorkflowDispatchOptionalInputs { get; set; } = [];
    public string[] OnWorkflowDispatchRequiredInputs { get; set; } = [];
    public string OnCronSchedule { get; set; }
    public string[] ImportSecrets { get; set; } = [];
    public bool EnableGitHubToken { get; set; }
    public GitHubActionsPermissions[] WritePermissions { get; set; } = [];
    public GitHubActionsPermissions[] ReadPermissions { get; set; } = [];
    public string[] CacheIncludePatterns { get; set; } = [".nuke/temp", "~/.nuget/packages"];
    public string[] CacheExcludePatterns { get; set; } = [];
    public string[] CacheKeyFiles { get; set; } = ["**/global.json", "**/*.csproj", "**/Directory.Packages.props"];
    public bool PublishArtifacts { get; set; } = true;
    public string PublishCondition { get; set; }
    public int TimeoutMinutes { get; set; }
    public string EnvironmentName { get; set; }
    public string EnvironmentUrl { get; set; }
    public string ConcurrencyGroup { get; set; }
    public bool ConcurrencyCancelInProgress { get; set; }
    public string JobConcurrencyGroup { get; set; }
    public bool JobConcurrencyCancelInProgress { get; set; }
    public string[] InvokedTargets { get; set; } = [];
    public GitHubActionsSubmodules Submodules { get; set; }
    public bool Lfs { get; set; }
    public uint FetchDepth { get; set; }
    public bool Progress { get; set; }
    public string Filter { get; set; }
}
