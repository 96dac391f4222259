using L4ReMusl.Foundation.Reports;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>What a target reports when its work is done.</summary>
/// <param name="Figures">Its lines in the summary.</param>
public sealed record GoalReport(IReadOnlyList<Figure> Figures)
{
    /// <summary>A text that the user asked for; <see langword="null"/> if there is none.</summary>
    public string? Text { get; init; }

    /// <summary>What failed while the rest was done; <see langword="null"/> if nothing failed.</summary>
    public string? Failure { get; init; }

    /// <summary>The exit code of a program that was run for the user.</summary>
    public int ExitCode { get; init; }

    /// <summary>A report with one figure per stage.</summary>
    public static GoalReport Of(IEnumerable<StageReport> stages) =>
        new([.. stages.Select(stage => new Figure(stage.Stage, stage.ToString()))]);

    /// <summary>A report that consists of a text.</summary>
    public static GoalReport OfText(string text) => new([]) { Text = text };
}
