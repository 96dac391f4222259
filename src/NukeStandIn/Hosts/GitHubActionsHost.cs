namespace Nuke.Common.Execution;

/// <summary>GitHub Actions: targets become groups, warnings and errors become annotations.</summary>
sealed class GitHubActionsHost : Host
{
    public override bool IsLocal => false;

    public override HostTheme Theme => HostTheme.Ansi256;

    public override IDisposable WriteBlock(string text)
    {
        Write("group", text);
        return new Cleanup(() => Write("endgroup", text));
    }

    public override void Annotate(string text, bool isError) => Write(isError ? "error" : "warning", text);

    // https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    static void Write(string command, string text)
    {
        var escaped = text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);
        Console.WriteLine($"::{command}::{escaped}");
    }
}
