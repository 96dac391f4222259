namespace L4ReMusl.Foundation.Reports;

/// <summary>Where progress is shown.</summary>
/// <param name="writer">The terminal or log.</param>
/// <param name="isTerminal">Whether it is a terminal, on which lines can be rewritten.</param>
public sealed class ProgressDisplay(TextWriter writer, bool isTerminal)
{
    readonly ProgressBoard? board = isTerminal ? new(writer) : null;

    /// <summary>Writes to the terminal or log. On a terminal, lines that are rewritten stay below what is written.</summary>
    public TextWriter Writer => board?.Writer ?? writer;

    /// <summary>Starts to show one piece of work.</summary>
    /// <param name="label">What is done.</param>
    /// <param name="unit">What is counted (see <see cref="ProgressLine"/>).</param>
    public ProgressLine Start(string label, string unit) => new(writer, board, label, unit);
}
