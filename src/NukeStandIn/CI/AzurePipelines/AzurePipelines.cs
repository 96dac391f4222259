using Nuke.Common.Execution.Theming;
using Nuke.Common.Utilities;

namespace Nuke.Common.CI.AzurePipelines;

/// <summary>Azure Pipelines: targets become groups, warnings and errors become issues.</summary>
public class AzurePipelines : Host, IBuildServer
{
    internal AzurePipelines()
    {
    }

    public static new AzurePipelines Instance => Host.Instance as AzurePipelines;

    public string SourceBranch => Environment.GetEnvironmentVariable("BUILD_SOURCEBRANCH");
    public string SourceVersion => Environment.GetEnvironmentVariable("BUILD_SOURCEVERSION");

    string IBuildServer.Branch => SourceBranch;
    string IBuildServer.Commit => SourceVersion;

    internal override HostTheme Theme => HostTheme.Azure;

    public void Group(string group) => Console.WriteLine($"##[group]{group}");

    public void EndGroup(string group) => Console.WriteLine($"##[endgroup]{group}");

    public void LogError(
        string message, string sourcePath = null, string lineNumber = null, string columnNumber = null, string code = null) =>
        LogIssue(AzurePipelinesIssueType.Error, message, sourcePath, lineNumber, columnNumber, code);

    public void LogWarning(
        string message, string sourcePath = null, string lineNumber = null, string columnNumber = null, string code = null) =>
        LogIssue(AzurePipelinesIssueType.Warning, message, sourcePath, lineNumber, columnNumber, code);

    public void LogIssue(
        AzurePipelinesIssueType type, string message,
        string sourcePath = null, string lineNumber = null, string columnNumber = null, string code = null)
    {
        (string Key, string Value)[] properties =
        [
            ("type", type == AzurePipelinesIssueType.Error ? "error" : "warning"),
            ("sourcepath", sourcePath), ("linenumber", lineNumber), ("columnnumber", columnNumber), ("code", code),
        ];
        WriteCommand(
            "task.logissue",
            message,
            _ => properties.Where(x => x.Value is not null).ToDictionary(x => x.Key, x => (object)x.Value));
    }

    public void WriteCommand(
        string command, string message = null, Func<Dictionary<string, object>, Dictionary<string, object>> dictionaryConfigurator = null)
    {
        var properties = dictionaryConfigurator is null ? [] : dictionaryConfigurator([]);
        var list = string.Join(';', properties.Select(x => $"{x.Key}={EscapeValue(x.Value.ToString())}"));
        Console.WriteLine($"##vso[{command} {list}]{EscapeMessage(message)}");
    }

    protected internal override IDisposable WriteBlock(string text)
    {
        Group(text);
        return new Cleanup(() => EndGroup(text));
    }

    protected internal override void ReportWarning(string text, string details = null) =>
        LogIssue(AzurePipelinesIssueType.Warning, text);

    protected internal override void ReportError(string text, string details = null) =>
        LogIssue(AzurePipelinesIssueType.Error, text);

    protected internal override bool FilterMessage(string message)
    {
        if (!message.Contains("##vso[", StringComparison.OrdinalIgnoreCase))
            return false;

        Console.WriteLine(message);
        return true;
    }

    // https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
    static string EscapeMessage(string text) => text?
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    static string EscapeValue(string text) => EscapeMessage(text)
        .Replace("]", "%5D", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal);
}
