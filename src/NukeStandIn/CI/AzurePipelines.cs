namespace Nuke.Common.CI.AzurePipelines;

/// <summary>Describes a pipeline of Azure Pipelines. Only the real package writes its file.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class AzurePipelinesAttribute(AzurePipelinesImage image) : Attribute
{
    public AzurePipelinesImage Image => image;
    public bool AutoGenerate { get; set; } = true;
    public string[] InvokedTargets { get; set; } = [];
    public string[] NonEntryTargets { get; set; } = [];
    public string[] CachePaths { get; set; } = [];
}

/// <summary>The machine that a pipeline runs on.</summary>
public enum AzurePipelinesImage
{
    UbuntuLatest,
}

/// <summary>What can be cached.</summary>
public static class AzurePipelinesCachePaths
{
    public const string NuGet = "~/.nuget/packages";
}
