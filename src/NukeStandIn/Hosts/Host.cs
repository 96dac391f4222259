using System.ComponentModel;
using System.Globalization;
using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.Execution;
using Nuke.Common.Execution.Theming;

namespace Nuke.Common;

/// <summary>Where the build runs, and how it writes headers, annotations and the summary there.</summary>
[TypeConverter(typeof(TypeConverter))]
public class Host
{
    protected Host() => Instance = this;

    internal static Host Instance { get; private set; }

    /// <summary>The host that the environment tells of.</summary>
    internal static Host Detect() =>
        Environment.GetEnvironmentVariable("GITHUB_ACTIONS") is not null ? new GitHubActions()
        : Environment.GetEnvironmentVariable("TF_BUILD") is not null ? new AzurePipelines()
        : new Terminal();

    internal virtual HostTheme Theme => HostTheme.Default;

    internal void WriteLine(string text = null, LineStyle style = LineStyle.Debug) => Theme.WriteLine(text, style);

    /// <summary>Writes a header, or opens a group that the returned object closes.</summary>
    protected internal virtual IDisposable WriteBlock(string text)
    {
        WriteLine();
        WriteLine('╬' + new string('═', text.Length + 5));
        WriteLine($"║ {Theme.Format(text, LineStyle.Information)}");
        WriteLine('╬' + new string('═', Math.Max(text.Length - 4, 2)));
        WriteLine();
        return null;
    }

    protected internal virtual void ReportWarning(string text, string details = null)
    {
    }

    protected internal virtual void ReportError(string text, string details = null)
    {
    }

    /// <summary>Whether a message is a command to the CI server. Then it has been written as it is.</summary>
    protected internal virtual bool FilterMessage(string message) => false;

    protected internal virtual void WriteTargetOutcome(INukeBuild build) => new OutcomeTable(build.ExecutionPlan).Write(this);

    protected internal virtual void WriteBuildOutcome(INukeBuild build)
    {
        var now = DateTime.Now.ToString(CultureInfo.CurrentCulture);
        WriteLine();
        if (build.IsSucceeding)
            WriteLine($"Build succeeded on {now}. ＼（＾ᴗ＾）／", LineStyle.Success);
        else
            WriteLine($"Build failed on {now}. (╯°□°）╯︵ ┻━┻", LineStyle.Error);
    }

    sealed class TypeConverter : System.ComponentModel.TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext context, CultureInfo culture, object value) =>
            value?.ToString()?.ToUpperInvariant() switch
            {
                "TERMINAL" => new Terminal(),
                "GITHUBACTIONS" => new GitHubActions(),
                "AZUREPIPELINES" => new AzurePipelines(),
                _ => throw new NotSupportedException($"'{value}' is no host; use Terminal, GitHubActions or AzurePipelines"),
            };
    }
}
