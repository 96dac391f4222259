namespace Nuke.Common.CI.GitHubActions;

/// <summary>Describes a workflow of GitHub Actions. Only the real package writes its file.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class GitHubActionsAttribute(string name, GitHubActionsImage image) : Attribute
{
    public string Name => name;
    public GitHubActionsImage Image => image;
    public bool AutoGenerate { get; set; } = true;
    public GitHubActionsTrigger[] On { get; set; } = [];
    public string[] InvokedTargets { get; set; } = [];
    public string[] CacheIncludePatterns { get; set; } = [];
    public string[] CacheKeyFiles { get; set; } = [];
    public string PublishCondition { get; set; }
    public int TimeoutMinutes { get; set; }
}

/// <summary>The machine that a workflow runs on.</summary>
public enum GitHubActionsImage
{
    Ubuntu2404,
}

/// <summary>What starts a workflow.</summary>
public enum GitHubActionsTrigger
{
    Push,
    PullRequest,
}
