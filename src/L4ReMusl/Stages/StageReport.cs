using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Stages;

/// <summary>How a stage got its result.</summary>
public enum StageOutcome
{
    /// <summary>It was made in this run.</summary>
    Made,

    /// <summary>It came from the user's cache.</summary>
    FromCache,

    /// <summary>It came from a cache that several machines share.</summary>
    FromRemoteCache,

    /// <summary>It existed already, and nothing that it depends on has changed.</summary>
    UpToDate,
}

/// <summary>What a stage did.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Outcome">How it got its result.</param>
/// <param name="Figures">Its figures about the result.</param>
public sealed record StageReport(string Stage, StageOutcome Outcome, IReadOnlyList<Figure> Figures)
{
    /// <summary>The report in one line, such as <c>up to date, files: 235, size: 4.0 MB</c>.</summary>
    public override string ToString() =>
        string.Join(", ", Figures.Select(figure => $"{figure.Name} {figure.Value}").Prepend(Outcome switch
        {
            StageOutcome.Made => "made",
            StageOutcome.FromCache => "from the cache",
            StageOutcome.FromRemoteCache => "from the remote cache",
            _ => "up to date",
        }));
}
