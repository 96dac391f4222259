namespace L4ReMusl.Foundation.Reports;

/// <summary>Where progress is shown.</summary>
/// <param name="Writer">The terminal or log.</param>
/// <param name="IsTerminal">Whether it is a terminal, on which a line can be rewritten.</param>
public sealed record ProgressDisplay(TextWriter Writer, bool IsTerminal)
{
    /// <summary>Starts to show one piece of work.</summary>
    /// <param name="label">What is done.</param>
    /// <param name="unit">What is counted (see <see cref="ProgressLine"/>).</param>
    public ProgressLine Start(string label, string unit) => new(Writer, IsTerminal, label, unit);
}
