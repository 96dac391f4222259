using System.Globalization;
using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Checks;

/// <summary>What a program printed about a check.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Passed">Whether it passed.</param>
/// <param name="Text">The line from the name on.</param>
public sealed record CheckLine(string Name, bool Passed, string Text);

/// <summary>How many checks passed and failed, as the program reports it.</summary>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">How many failed.</param>
public sealed partial record CheckSum(int Passed, int Failed)
{
    /// <summary>Reads <c>passed=3 failed=0</c> somewhere in a line; <see langword="null"/> if it is not there.</summary>
    public static CheckSum? In(string line) =>
        Numbers().Match(line) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var passed)
        && int.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var failed)
            ? new CheckSum(passed, failed)
            : null;

    [GeneratedRegex(@"\bpassed=([0-9]+) failed=([0-9]+)(?![0-9])")]
    private static partial Regex Numbers();
}

/// <summary>The checks in the output of a program, or of a machine on which several run.</summary>
/// <remarks>
/// All programs that report checks print the same lines (<c>config/self-test/self-test.c</c>): for each check
/// <c>SELF-TEST name ok|FAIL [detail]</c>, and at the end <c>SELF-TEST END ok|FAIL passed=number failed=number</c>. Output of a
/// kernel or another task may precede it on the line.
/// </remarks>
public sealed class CheckReport
{
    /// <summary>The beginning of such a line.</summary>
    public const string Mark = "SELF-TEST ";

    const string End = "END", Good = "ok";

    readonly bool hasGoodEnd;

    CheckReport(IReadOnlyList<CheckLine> checks, bool hasGoodEnd) => (Checks, this.hasGoodEnd) = (checks, hasGoodEnd);

    /// <summary>The checks, in the order of their lines.</summary>
    public IReadOnlyList<CheckLine> Checks { get; }

    /// <summary>The names of those that passed.</summary>
    public IReadOnlyList<string> Passed => [.. Checks.Where(check => check.Passed).Select(check => check.Name)];

    /// <summary>Those that failed: all that do not say <c>ok</c>.</summary>
    public IReadOnlyList<CheckLine> Failed => [.. Checks.Where(check => !check.Passed)];

    /// <summary>Whether there are checks, all of them passed, and the last line reports exactly their number.</summary>
    public bool IsComplete => Checks.Count > 0 && Failed.Count == 0 && hasGoodEnd;

    /// <summary>Reads lines, and ignores those that are not about checks.</summary>
    public static CheckReport Read(IEnumerable<string> lines)
    {
        var checks = new List<CheckLine>();
        string? last = null;
        foreach (var line in lines)
        {
            var start = line.IndexOf(Mark, StringComparison.Ordinal);
            if (start < 0)
                continue;
            last = line[(start + Mark.Length)..].TrimEnd();
            if (last.Split(' ') is [not End and var name, var result, ..])
                checks.Add(new CheckLine(name, result == Good, last));
        }

        var hasGoodEnd = last?.StartsWith($"{End} {Good} ", StringComparison.Ordinal) == true
            && CheckSum.In(last) == new CheckSum(checks.Count, 0);
        return new CheckReport(checks, hasGoodEnd);
    }

    /// <summary>The checks of a program that ran on its own, all of which must have passed.</summary>
    /// <param name="result">The program's exit code and output.</param>
    /// <param name="test">What the program is, for the message.</param>
    /// <returns>The names of the checks.</returns>
    /// <exception cref="BuildException">A check failed, or the program did not finish.</exception>
    public static IReadOnlyList<string> AllPassed(ToolResult result, string test)
    {
        var report = Read(result.Output.Split('\n'));
        if (report.Failed.Count > 0)
            throw new BuildException($"{test} failed:{IndentedLines.Of(report.Failed.Select(check => check.Text))}");
        if (!result.Succeeded || !report.IsComplete)
        {
            throw new BuildException(
                $"{test} did not finish: after {report.Checks.Count} checks it ended with "
                + $"exit code {result.ExitCode}{(result.Error.Length > 0 ? $" and said: {result.Error.Trim()}" : "")}.");
        }

        return report.Passed;
    }
}
