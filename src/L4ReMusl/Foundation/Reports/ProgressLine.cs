namespace L4ReMusl.Foundation.Reports;

/// <summary>
/// Shows the progress of one piece of work: on a terminal as one line that is rewritten, elsewhere (a log, a CI system) as a few
/// lines, or for short work as one closing line. Disposing it ends the line.
/// </summary>
/// <param name="writer">The log.</param>
/// <param name="board">The lines at the bottom of the terminal; <see langword="null"/> if there is no terminal.</param>
/// <param name="label">What is done, such as the name of a file.</param>
/// <param name="unit">What is counted, such as <c>objects</c>; <see cref="Bytes"/> for sizes.</param>
/// <param name="time">The clock; the system's if <see langword="null"/>.</param>
public sealed class ProgressLine(TextWriter writer, ProgressBoard? board, string label, string unit, TimeProvider? time = null)
    : IProgress<WorkProgress>, IDisposable
{
    /// <summary>The unit of sizes: they are shown in kB or MB, with a rate.</summary>
    public const string Bytes = "bytes";

    const int BarWidth = 20;

    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(3), BeforeForecast = TimeSpan.FromSeconds(2);

    readonly TimeProvider time = time ?? TimeProvider.System;
    readonly Lock gate = new();

    WorkProgress first, last;
    long started, reported, shown;
    int shownQuarter;
    bool isStarted;

    /// <summary>Notes how far the work is, and shows it unless it did so a moment ago. Any thread may call it.</summary>
    public void Report(WorkProgress value)
    {
        lock (gate)
        {
            if (!isStarted || value.Done < last.Done)
                Start(value); // Work that falls back has started again, such as a download from another place.
            (last, reported) = (value, time.GetTimestamp());
            if (board is not null)
                board.Show(this, $"{label}{Bar}");
            else
                WriteQuarter();
        }
    }

    /// <summary>Ends the line; if the work was completed, says so.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            var closing = isStarted && last.Done >= last.Total
                ? $"{label}: {Amount(last.Done)} in {Elapsed.TotalSeconds:0.0} s"
                : null;
            isStarted = false;
            if (board is not null)
                board.End(this, closing);
            else if (closing is not null)
                writer.WriteLine(closing);
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

    string Bar
    {
        get
        {
            if (last.Total <= 0)
                return $": {Amount(last.Done)}";
            var full = Percent * BarWidth / 100;
            return $" [{new string('#', full)}{new string('-', BarWidth - full)}] {Status}{Left}";
        }
    }

    // At the pace so far.
    string Left => last.Done > first.Done && last.Done < last.Total && Elapsed > BeforeForecast
        ? $", {(Elapsed * ((double)(last.Total - last.Done) / (last.Done - first.Done))).TotalSeconds:0} s left"
        : "";

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
