namespace L4ReMusl.Reporting;

/// <summary>
/// Shows the progress of one piece of work: on a terminal as one line that is rewritten, elsewhere (a log, a CI system) as a few
/// lines. Short work shows one closing line there. Dispose it to end the line.
/// </summary>
/// <param name="writer">Where it is written.</param>
/// <param name="isTerminal">Whether the writer understands carriage return and the escape sequence that clears a line.</param>
/// <param name="label">What is done, such as the name of a file.</param>
/// <param name="unit">What is counted, such as <c>objects</c>; <see cref="Bytes"/> for sizes.</param>
/// <param name="time">The clock.</param>
public sealed class ProgressLine(TextWriter writer, bool isTerminal, string label, string unit, TimeProvider? time = null)
    : IProgress<WorkProgress>, IDisposable
{
    /// <summary>The unit of sizes: they are shown in kB or MB, with a rate.</summary>
    public const string Bytes = "bytes";

    const int BarWidth = 20;
    const string ClearToEnd = "\u001b[K";

    static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(3);

    readonly TimeProvider time = time ?? TimeProvider.System;
    readonly Lock gate = new();

    WorkProgress first, last;
    long? started;
    long drawn;
    long shownQuarter = -1;
    bool lineIsOpen;

    /// <summary>Takes note of how far the work is, and shows it if the last time is long enough ago. Any thread may call it.</summary>
    public void Report(WorkProgress value)
    {
        lock (gate)
        {
            if (started is null || value.Done < last.Done)
            {
                (first, started) = (value, time.GetTimestamp());
                drawn = started.Value - (isTerminal ? Redraw.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond : 0);
            }

            last = value;
            if (isTerminal)
                DrawBar();
            else
                WriteQuarter();
        }
    }

    /// <summary>Ends the line; if the work was completed, says so.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (started is null)
                return;
            var isComplete = last.Done >= last.Total;
            if (isComplete)
                writer.WriteLine($"{(lineIsOpen ? "\r" : "")}{label}: {Amount(last.Done)} in {Seconds(Elapsed)}{(lineIsOpen ? ClearToEnd : "")}");
            else if (lineIsOpen)
                writer.WriteLine(); // What comes next, probably an error, begins on a line of its own.
            started = null;
        }
    }

    TimeSpan Elapsed => time.GetElapsedTime(started!.Value);

    int Percent => last.Total <= 0 ? 0 : (int)(100 * Math.Clamp(last.Done, 0, last.Total) / last.Total);

    void DrawBar()
    {
        if (time.GetElapsedTime(drawn) < Redraw)
            return;
        drawn = time.GetTimestamp();
        lineIsOpen = true;
        var full = Percent * BarWidth / 100;
        writer.Write($"\r{label} [{new string('#', full)}{new string('-', BarWidth - full)}] {Status()}{ClearToEnd}");
        writer.Flush();
    }

    void WriteQuarter()
    {
        if (Percent / 25 <= shownQuarter || Percent == 100 || time.GetElapsedTime(drawn) < BetweenLines)
            return;
        (drawn, shownQuarter) = (time.GetTimestamp(), Percent / 25);
        writer.WriteLine($"{label}: {Status()}");
    }

    string Status() => unit == Bytes
        ? $"{Percent,3} %  {Figure.HumanSize(last.Done)} of {Figure.HumanSize(last.Total)}{Rate()}"
        : $"{Percent,3} %  {last.Done}/{last.Total} {unit}";

    string Rate() => Elapsed.TotalSeconds > 0.5
        ? $"  {Figure.HumanSize((long)((last.Done - first.Done) / Elapsed.TotalSeconds))}/s"
        : "";

    string Amount(long count) => unit == Bytes ? Figure.HumanSize(count) : $"{count} {unit}";

    static string Seconds(TimeSpan span) => $"{span.TotalSeconds:0.0} s";
}
