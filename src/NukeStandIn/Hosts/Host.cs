namespace Nuke.Common.Execution;

/// <summary>Where the build runs, and how it writes headers, annotations and the summary there; this one is a terminal.</summary>
class Host
{
    /// <summary>The host of that name; without a name, the one that the environment indicates.</summary>
    /// <exception cref="ArgumentException">There is no such host.</exception>
    public static Host Find(string name) => name?.ToUpperInvariant() switch
    {
        null when Environment.GetEnvironmentVariable("GITHUB_ACTIONS") is not null => new GitHubActionsHost(),
        null when Environment.GetEnvironmentVariable("TF_BUILD") is not null => new AzurePipelinesHost(),
        null or "TERMINAL" => new Host(),
        "GITHUBACTIONS" => new GitHubActionsHost(),
        "AZUREPIPELINES" => new AzurePipelinesHost(),
        _ => throw new ArgumentException(
            $"Value '{name}' could not be converted to 'Host'; use Terminal, GitHubActions or AzurePipelines"),
    };

    public virtual bool IsLocal => true;

    public virtual HostTheme Theme => HostTheme.Default;

    public void WriteLine(string text = null, LineStyle style = LineStyle.Debug) => Theme.WriteLine(text, style);

    /// <summary>Writes a header, or opens a group that the returned object closes.</summary>
    public virtual IDisposable WriteBlock(string text)
    {
        WriteLine();
        WriteLine('╬' + new string('═', text.Length + 5));
        WriteLine($"║ {Theme.Format(text, LineStyle.Information)}");
        WriteLine('╬' + new string('═', Math.Max(text.Length - 4, 2)));
        WriteLine();
        return null;
    }

    /// <summary>Shows a warning or an error where a CI server shows them.</summary>
    public virtual void Annotate(string text, bool isError)
    {
    }
}
