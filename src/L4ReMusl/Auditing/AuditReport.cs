using L4ReMusl.Foundation.Reports;
using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Auditing;

/// <summary>Shows what an audit found.</summary>
/// <param name="findings">What it found.</param>
/// <param name="today">The day for which waivers must be valid.</param>
public sealed class AuditReport(IReadOnlyList<Finding> findings, DateOnly today)
{
    /// <summary>The number of findings of each kind.</summary>
    public IReadOnlyList<Figure> Figures =>
    [
        new Figure("fixed by patches", $"{findings.Count(finding => finding.Status == FindingStatus.Fixed)}"),
        new Figure("not affected", $"{findings.Count(finding => finding.Status == FindingStatus.NotAffected)}"),
        new Figure(
            "waived",
            $"{findings.Count(finding => finding.Status == FindingStatus.Affected && !finding.IsOpen(today))}"),
        new Figure("open", $"{Open.Count}"),
    ];

    /// <summary>A table of all findings.</summary>
    public string Table => TextTable.Render(["advisory", "software", "status", "reason"], findings.Select(finding => new[]
    {
        finding.Id,
        $"{finding.Thing}",
        Word(finding),
        Shorten(finding.Waiver is { } waiver ? $"until {waiver.Until:yyyy-MM-dd}: {waiver.Reason}" : finding.Statement),
    }));

    List<Finding> Open => field ??= [.. findings.Where(finding => finding.IsOpen(today))];

    /// <summary>Fails if an advisory is open.</summary>
    /// <exception cref="BuildException">One is; the message lists all open ones, and what to do.</exception>
    public void ThrowIfOpen()
    {
        if (Open.Count > 0)
        {
            throw new BuildException(
                $"{Open.Count} {(Open.Count == 1 ? "advisory is" : "advisories are")} open:"
                + IndentedLines.Of(Open.Take(40).Select(Describe))
                + (Open.Count > 40 ? $"{Environment.NewLine}  and {Open.Count - 40} more" : ""));
        }
    }

    static string Describe(Finding finding) => $"{finding.Id} in {finding.Thing}"
        + (finding.Summary.Length > 0 ? $" ({finding.Summary.TrimEnd('.')}): " : ": ")
        + (finding.Waiver is { } waiver ? $"its waiver ended on {waiver.Until:yyyy-MM-dd} ({waiver.Reason.TrimEnd('.')}); " : "")
        + finding.Statement.TrimEnd('.') + ".";

    string Word(Finding finding) => finding.Status switch
    {
        FindingStatus.Fixed => "fixed",
        FindingStatus.NotAffected => "not affected",
        _ => finding.IsOpen(today) ? "open" : "waived",
    };

    static string Shorten(string text) => text.Length <= 100 ? text : text[..97] + "...";
}
