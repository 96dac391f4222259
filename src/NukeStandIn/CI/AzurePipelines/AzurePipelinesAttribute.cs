namespace Nuke.Common.CI.AzurePipelines;

/// <summary>Describes a pipeline of Azure Pipelines.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class AzurePipelinesAttribute : ChainedConfigurationAttributeBase
{
    /// <param name="image">The first machine to run on. The machines matter to the generator of the real package only.</param>
    /// <param name="images">Further machines.</param>
    public AzurePipelinesAttribute(AzurePipelinesImage image, params AzurePipelinesImage[] images)
        : this(suffix: null, image, images)
    {
    }

    /// <param name="suffix">What distinguishes the file from other pipelines, or <see langword="null"/>.</param>
    /// <param name="image">The first machine to run on.</param>
    /// <param name="images">Further machines.</param>
    public AzurePipelinesAttribute(string suffix, AzurePipelinesImage image, params AzurePipelinesImage[] images) =>
        IdPostfix = suffix?.Replace(' ', '_');

    public override string IdPostfix { get; }
    public override Type HostType => typeof(AzurePipelines);

    public string[] InvokedTargets { get; set; } = [];
    public bool TriggerDisabled { get; set; }
    public bool Submodules { get; set; }
    public int FetchDepth { get; set; }
    public bool Clean { get; set; }
    public bool LargeFileStorage { get; set; }
    public bool TriggerBatch { get; set; }
    public string[] TriggerBranchesInclude { get; set; } = [];
    public string[] TriggerBranchesExclude { get; set; } = [];
    public string[] TriggerTagsInclude { get; set; } = [];
    public string[] TriggerTagsExclude { get; set; } = [];
    public string[] TriggerPathsInclude { get; set; } = [];
    public string[] TriggerPathsExclude { get; set; } = [];
    public bool PullRequestsDisabled { get; set; }
    public string[] PullRequestsBranchesInclude { get; set; } = [];
    public string[] PullRequestsBranchesExclude { get; set; } = [];
    public string[] PullRequestsPathsInclude { get; set; } = [];
    public string[] PullRequestsPathsExclude { get; set; } = [];
    public string[] CacheKeyFiles { get; set; } = ["**/global.json", "**/*.csproj", "**/Directory.Packages.props"];
    public string[] CachePaths { get; set; } = [AzurePipelinesCachePaths.Nuke, AzurePipelinesCachePaths.NuGet];
    public string[] ImportVariableGroups { get; set; } = [];
    public string[] ImportSecrets { get; set; } = [];
    public bool EnableAccessToken { get; set; }
}
