using System.Globalization;
using L4ReMusl.Architectures;
using L4ReMusl.Reporting;

namespace L4ReMusl.SmokeTesting;

/// <summary>How a level went.</summary>
/// <param name="Level">The level.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Findings">What was seen, in a few words.</param>
/// <param name="Failure">Why it was not reached; <see langword="null"/> if it was.</param>
public sealed record LevelResult(SmokeLevel Level, TimeSpan Time, string Findings, string? Failure);

/// <summary>How the smoke test of an architecture went.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Asked">How far it should go.</param>
/// <param name="Levels">The levels that were tried, up to the first that failed.</param>
public sealed record SmokeReport(Architecture Architecture, SmokeLevel Asked, IReadOnlyList<LevelResult> Levels)
{
    /// <summary>The last level that was reached; zero if none was.</summary>
    public int Reached => Levels.Count(level => level.Failure is null);

    /// <summary>What went wrong, with the level at which it did; <see langword="null"/> if all is well.</summary>
    public string? Failure => Levels.FirstOrDefault(level => level.Failure is not null) is { } failed
        ? $"The smoke test for {Architecture} reached level {Reached} of {(int)Asked} and failed at level {(int)failed.Level} ({failed.Level.Name()}): {failed.Failure}"
        : null;

    /// <summary>The report for the summary.</summary>
    public Figure Figure => new(Architecture.Name, string.Join("; ",
    [
        $"level {Reached} of {(int)Asked} reached",
        .. Levels.Where(level => level.Failure is null).Select(level => $"{(int)level.Level}: {level.Findings} ({Seconds(level.Time)})"),
        .. Levels.Where(level => level.Failure is not null).Select(level => $"{(int)level.Level} failed: {level.Failure!.Split('\n')[0].Trim()}"),
        .. Asked < SmokeLevel.Boot ? [$"more was not asked for (--smoke-level {(int)Asked})"] : Array.Empty<string>(),
    ]));

    static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}

/// <summary>What there is to do with reports.</summary>
public static class SmokeReports
{
    /// <summary>Fails if one of the smoke tests did.</summary>
    /// <exception cref="BuildException">One did; the message has that of each.</exception>
    public static void ThrowIfFailed(this IEnumerable<SmokeReport> reports)
    {
        var failures = reports.Select(report => report.Failure).OfType<string>().ToList();
        if (failures.Count > 0)
            throw new BuildException(string.Join(Environment.NewLine, failures));
    }
}
