using L4ReMusl.Foundation;
using L4ReMusl.Goals;
using L4ReMusl.Settings;
using Nuke.Common;
using Nuke.Components;
using Serilog;

/// <summary>What all stages share: the selected architectures, and the pipeline that does the work.</summary>
interface IHazPipeline : IHazArtifacts
{
    [Parameter(
        Parameters.ArchitecturesText,
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.Architectures))]
    string[] Architectures => TryGetValue(() => Architectures) ?? [];

    Pipeline Pipeline { get; }

    /// <summary>Does the work of a target, and adds its report to the summary.</summary>
    /// <param name="target">The target's name.</param>
    sealed void Reach(string target)
    {
        var report = Pipeline.Reach(target, ScheduledTargets.Select(later => later.Name));
        if (report.Text is { } text)
            Log.Information("{Text:l}", text);
        ReportSummary(summary =>
        {
            foreach (var (name, value) in report.Figures)
                summary[name] = value;
            return summary;
        });
        if (report.ExitCode != 0)
            ExitCode = report.ExitCode;
        if (report.Failure is { } failure)
            throw new BuildException(failure);
    }
}
