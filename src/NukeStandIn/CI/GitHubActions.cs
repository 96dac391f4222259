using Nuke.Common.CI.GitHubActions.Configuration;
using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>Describes a workflow of GitHub Actions.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class GitHubActionsAttribute(string name, GitHubActionsImage image) : ConfigurationAttributeBase
{
    public GitHubActionsTrigger[] On { get; set; } = [];
    public string[] OnPushTags { get; set; } = [];
    public GitHubActionsPermissions[] WritePermissions { get; set; } = [];
    public bool EnableGitHubToken { get; set; }
    public string[] CacheIncludePatterns { get; set; } = [];
    public string[] CacheKeyFiles { get; set; } = [];
    public string PublishCondition { get; set; }
    public int TimeoutMinutes { get; set; }

    internal override string HostName => "GitHubActions";
    internal override string IdPostfix => name;
    internal override AbsolutePath ConfigurationFile => Build.RootDirectory / ".github" / "workflows" / $"{name}.yml";

    public override ConfigurationEntity GetConfiguration(IReadOnlyCollection<ExecutableTarget> relevantTargets) =>
        new GitHubActionsConfiguration
        {
            Name = name,
            Triggers = On,
            Tags = OnPushTags,
            Permissions = WritePermissions,
            Jobs = [GetJobs(image, relevantTargets)],
        };

    protected virtual GitHubActionsJob GetJobs(
        GitHubActionsImage image, IReadOnlyCollection<ExecutableTarget> relevantTargets)
    {
        return new GitHubActionsJob
        {
            Name = image.GetValue().Replace('.', '_'),
            Image = image,
            TimeoutMinutes = TimeoutMinutes,
            Steps = [.. StepsFor(relevantTargets)],
        };
    }

    IEnumerable<GitHubActionsStep> StepsFor(IReadOnlyCollection<ExecutableTarget> relevantTargets)
    {
        yield return new GitHubActionsCheckoutStep();
        yield return new GitHubActionsCacheStep { IncludePatterns = CacheIncludePatterns, KeyFiles = CacheKeyFiles };
        yield return new GitHubActionsRunStep
        {
            BuildCmdPath = "build.cmd",
            InvokedTargets = InvokedTargets,
            Imports = GetImports().ToDictionary(import => import.Key, import => import.Value),
        };
        foreach (var path in ArtifactsOf(relevantTargets))
        {
            yield return new GitHubActionsArtifactStep
            {
                Name = Path.GetFileName(path),
                Path = path,
                Condition = PublishCondition,
            };
        }
    }

    protected virtual IEnumerable<(string Key, string Value)> GetImports() =>
        EnableGitHubToken ? [("GITHUB_TOKEN", "${{ secrets.GITHUB_TOKEN }}")] : [];
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

/// <summary>What a workflow may do in its repository.</summary>
public enum GitHubActionsPermissions
{
    Contents,
}

/// <summary>The words for the values above in a workflow's file.</summary>
static class GitHubActionsValues
{
    public static string GetValue(this GitHubActionsImage image) => image switch
    {
        GitHubActionsImage.Ubuntu2404 => "ubuntu-24.04",
        _ => throw new ArgumentOutOfRangeException(nameof(image)),
    };

    public static string GetValue(this GitHubActionsTrigger trigger) => trigger switch
    {
        GitHubActionsTrigger.Push => "push",
        GitHubActionsTrigger.PullRequest => "pull_request",
        _ => throw new ArgumentOutOfRangeException(nameof(trigger)),
    };

    public static string GetValue(this GitHubActionsPermissions permission) => permission switch
    {
        GitHubActionsPermissions.Contents => "contents",
        _ => throw new ArgumentOutOfRangeException(nameof(permission)),
    };
}
