using L4ReMusl.Foundation.Reports;
using L4ReMusl.Goals;
using L4ReMusl.Settings;
using L4ReMusl.Stages;
using Nuke.Common;
using Nuke.Components;

/// <summary>What all stages share: the selected architectures, and the chain that does the work.</summary>
interface IHazPipeline : IHazArtifacts
{
    [Parameter(
        Parameters.ArchitecturesText,
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.Architectures))]
    string[] Architectures => TryGetValue(() => Architectures) ?? [];

    Pipeline Pipeline { get; }

    /// <summary>Puts what stages report into the summary.</summary>
    sealed void Summarize(params IEnumerable<StageReport> reports) =>
        Summarize([.. reports.Select(report => new Figure(report.Stage, report.ToString()))]);

    /// <summary>Puts figures into the summary.</summary>
    sealed void Summarize(IReadOnlyList<Figure> figures) => ReportSummary(summary =>
    {
        foreach (var (name, value) in figures)
            summary[name] = value;
        return summary;
    });
}
