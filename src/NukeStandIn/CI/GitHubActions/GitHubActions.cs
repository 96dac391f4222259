using Nuke.Common.Execution.Theming;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Utilities;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>GitHub Actions: targets become groups, warnings and errors become annotations.</summary>
public class GitHubActions : Host, IBuildServer
{
    internal GitHubActions()
    {
    }

    public static new GitHubActions Instance => Host.Instance as GitHubActions;

    public string Ref => Environment.GetEnvironmentVariable("GITHUB_REF");
    public string Sha => Environment.GetEnvironmentVariable("GITHUB_SHA");
    public string Repository => Environment.GetEnvironmentVariable("GITHUB_REPOSITORY");
    public string Workflow => Environment.GetEnvironmentVariable("GITHUB_WORKFLOW");
    public AbsolutePath StepSummaryFile => Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY");

    string IBuildServer.Branch => Ref;
    string IBuildServer.Commit => Sha;

    internal override HostTheme Theme => HostTheme.Ansi256;

    public void Group(string group) => WriteCommand("group", group);

    public void EndGroup(string group) => WriteCommand("endgroup", group);

    public void WriteDebug(string message) => WriteCommand("debug", message);

    public void WriteWarning(string message) => WriteCommand("warning", message);

    public void WriteError(string message) => WriteCommand("error", message);

    public void WriteCommand(
        string command, string message = null, Configure<Dictionary<string, object>> dictionaryConfigurator = null)
    {
        var properties = dictionaryConfigurator is null ? [] : dictionaryConfigurator([]);
        var list = string.Join(", ", properties.Select(x => $"{x.Key}={EscapeProperty(x.Value.ToString())}"));
        Console.WriteLine(list.Length == 0 ? $"::{command}::{EscapeData(message)}" : $"::{command} {list}::{EscapeData(message)}");
    }

    protected internal override IDisposable WriteBlock(string text)
    {
        Group(text);
        return new Cleanup(() => EndGroup(text));
    }

    protected internal override void ReportWarning(string text, string details = null) => WriteWarning(text);

    protected internal override void ReportError(string text, string details = null) => WriteError(text);

    protected internal override bool FilterMessage(string message)
    {
        if (!message.StartsWith("::", StringComparison.Ordinal) && !message.StartsWith("##[", StringComparison.Ordinal))
            return false;

        Console.WriteLine(message);
        return true;
    }

    // https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    static string EscapeData(string text) => text?
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    static string EscapeProperty(string text) => EscapeData(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
