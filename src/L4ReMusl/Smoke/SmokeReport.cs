using System.Diagnostics;
using System.Globalization;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Smoke;

/// <summary>The result of a level.</summary>
/// <param name="Level">The level.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Findings">What was seen, in a few words.</param>
/// <param name="Verdict">Whether it passed.</param>
public sealed record LevelResult(SmokeLevel Level, TimeSpan Time, string Findings, Verdict Verdict);

/// <summary>The result of a smoke test.</summary>
/// <param name="Subject">What was tested: an architecture, and the flavour of musl if it is not the usual one.</param>
/// <param name="Asked">The highest level to try.</param>
/// <param name="Levels">The levels that were tried, up to the first that failed.</param>
public sealed record SmokeReport(string Subject, SmokeLevel Asked, IReadOnlyList<LevelResult> Levels)
{
    /// <summary>Tests level by level, and no further than the first that fails.</summary>
    /// <param name="subject">What is tested.</param>
    /// <param name="upTo">The highest level to try.</param>
    /// <param name="test">Tests a level; returns what it saw, in a few words, or throws <see cref="BuildException"/>.</param>
    public static SmokeReport Climb(string subject, SmokeLevel upTo, Func<SmokeLevel, string> test)
    {
        var results = new List<LevelResult>();
        foreach (var level in Enum.GetValues<SmokeLevel>().Where(level => level <= upTo))
        {
            var watch = Stopwatch.StartNew();
            try
            {
                var findings = test(level);
                results.Add(new LevelResult(level, watch.Elapsed, findings, Verdict.Good));
            }
            catch (BuildException e)
            {
                results.Add(new LevelResult(level, watch.Elapsed, "", Verdict.Bad(e.Message)));
                break;
            }
        }

        return new SmokeReport(subject, upTo, results);
    }

    /// <summary>The highest level that passed; zero if none did.</summary>
    public int Reached => Levels.Count(level => level.Verdict.IsGood);

    /// <summary>Good if all levels passed; otherwise the reason names the one that failed.</summary>
    public Verdict Verdict => Levels.FirstOrDefault(level => !level.Verdict.IsGood) is { } failed
        ? Verdict.Bad(
            $"The smoke test for {Subject} reached level {Reached} of {(int)Asked} and failed at level {(int)failed.Level} "
            + $"({failed.Level.Name()}): {failed.Verdict.Reason}")
        : Verdict.Good;

    /// <summary>The result for the build's summary.</summary>
    public Figure Figure => new(Subject, string.Join("; ",
    [
        $"level {Reached} of {(int)Asked} reached",
        .. Levels.Select(level => $"{(int)level.Level}" + (level.Verdict.IsGood
            ? $": {level.Findings} ({Seconds(level.Time)})"
            : $" failed: {level.Verdict.Reason.Split('\n')[0].Trim()}")),
        .. Asked < SmokeLevel.Boot ? [$"no higher level was requested (--smoke-level {Asked.Word()})"] : Array.Empty<string>(),
    ]));

    static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}

/// <summary>Functions on several reports.</summary>
public static class SmokeReports
{
    /// <summary>What failed in any of them; <see langword="null"/> if all passed.</summary>
    public static string? Failure(this IEnumerable<SmokeReport> reports) =>
        reports.Select(report => report.Verdict.Reason).OfType<string>().ToList() is { Count: > 0 } failures
            ? string.Join(Environment.NewLine, failures)
            : null;
}
