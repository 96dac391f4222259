namespace Nuke.Common.Execution;

/// <summary>Azure Pipelines: targets become groups, warnings and errors become issues.</summary>
sealed class AzurePipelinesHost : Host
{
    public override bool IsLocal => false;

    public override HostTheme Theme => HostTheme.Azure;

    public override IDisposable WriteBlock(string text)
    {
        Console.WriteLine($"##[group]{text}");
        return new Cleanup(() => Console.WriteLine($"##[endgroup]{text}"));
    }

    // https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
    public override void Annotate(string text, bool isError)
    {
        var escaped = text.Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
        Console.WriteLine($"##vso[task.logissue type={(isError ? "error" : "warning")}]{escaped}");
    }
}
