namespace L4ReMusl.Foundation.Reports;

/// <summary>
/// Shows the progress of one piece of work: on a terminal as one line that is rewritten, elsewhere (a log, a CI system) as a few
/// lines, or for short work as one closing line. Disposing it ends the line.
/// </summary>
/// <param name="writer">Where it is written.</param>
/// <param name="isTerminal">Whether the writer understands carriage return and the escape sequence that clears a line.</param>
/// <param name="label">What is done, such as the name of a file.</param>
/// <param name="unit">What is counted, such as <c>objects</c>; <see cref="Bytes"/> for sizes.</param>
/// <param name="time">The clock; the system's if <see langword="null"/>.</param>
public sealed class ProgressLine(TextWriter writer, bool isTerminal, string label, string unit, TimeProvider? time = null)
    : IProgress<WorkProgress>, IDisposable
{
    /// <summary>The unit of sizes: they are shown in kB or MB, with a rate.</summary>
    public const string Bytes = "bytes";

    const int BarWidth = 20;
    const string ClearToEnd = "\u001b[K";

    static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(3);

    readonly TimeProvider time = time ?? TimeProvider.System;
    readonly Lock gate = new();

    WorkProgress first, last;
    long started, reported, shown;
    int shownQuarter;
    bool isStarted, lineIsOpen;

    /// <summary>Notes how far the work is, and shows it unless it did so a moment ago. Any thread may call it.</summary>
    public void Report(WorkProgress value)
    {
        lock (gate)
        {
            if (!isStarted || value.Done < last.Done)
                Start(value); // Work that falls back has started again, such as a download from another place.
            (last, reported) = (value, time.GetTimestamp());
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
            var (begin, end) = lineIsOpen ? ("\r", ClearToEnd) : ("", "");
            if (isStarted && last.Done >= last.Total)
                writer.WriteLine($"{begin}{label}: {Amount(last.Done)} in {Elapsed.TotalSeconds:0.0} s{end}");
            else if (lineIsOpen)
                writer.WriteLine(); // What comes next, probably an error, begins on a new line.
            (isStarted, lineIsOpen) = (false, false);
        }
    }

    TimeSpan Elapsed => time.GetElapsedTime(started, reported);

    int Percent => last.Total <= 0 ? 0 : (int)(100 * Math.Clamp(last.Done, 0, last.Total) / last.Total);

    string Status => unit == Bytes
        ? $"{Percent} %, {Amount(last.Done)} of {Amount(last.Total)}{Rate}"
        : $"{Percent} %, {last.Done}/{last.Total} {unit}";

    string Rate => Elapsed.TotalSeconds < 0.5
        ? ""
        : $", {Figure.HumanSize((long)((last.Done - first.Done) / Elapsed.TotalSeconds))}/s";

    void Start(WorkProgress value)
    {
        (isStarted, first, shownQuarter) = (true, value, -1);
        started = shown = time.GetTimestamp();
    }

    void DrawBar()
    {
        if (lineIsOpen && time.GetElapsedTime(shown) < BetweenDrawings)
            return;
        (shown, lineIsOpen) = (time.GetTimestamp(), true);
        writer.Write($"\r{label}{Bar}{ClearToEnd}");
        writer.Flush();
    }

    string Bar
    {
        get
        {
            if (last.Total <= 0)
                return $": {Amount(last.Done)}";
            var full = Percent * BarWidth / 100;
            return $" [{new string('#', full)}{new string('-', BarWidth - full)}] {Status}";
        }
    }

    void WriteQuarter()
    {
        var quarter = Percent / 25;
        if (quarter <= shownQuarter || last.Done >= last.Total || time.GetElapsedTime(shown) < BetweenLines)
            return;
        (shown, shownQuarter) = (time.GetTimestamp(), quarter);
        writer.WriteLine($"{label}: {Status}");
    }

    string Amount(long count) => unit == Bytes ? Figure.HumanSize(count) : $"{count} {unit}";
}
