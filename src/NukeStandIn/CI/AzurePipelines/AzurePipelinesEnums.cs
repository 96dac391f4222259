namespace Nuke.Common.CI.AzurePipelines;

public enum AzurePipelinesImage
{
    Windows2022,
    Windows2019,
    Ubuntu2204,
    Ubuntu2004,
    MacOs13,
    MacOs12,
    MacOs11,
    WindowsLatest,
    UbuntuLatest,
    MacOsLatest,
}

public enum AzurePipelinesIssueType
{
    Warning,
    Error,
}

public static class AzurePipelinesCachePaths
{
    public const string Nuke = ".nuke/temp";
    public const string NuGet = "~/.nuget/packages";
    public const string Npm = "~/.npm";
    public const string Gradle = "~/.gradle";
    public const string Docker = "~/docker";
}
