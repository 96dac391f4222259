using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Smoke;

/// <summary>What a guest printed on its serial line from power-on until its emulator ended or was killed.</summary>
/// <param name="Lines">The lines, without control characters.</param>
/// <param name="Limit">The time limit.</param>
/// <param name="ExitCode">The emulator's exit code; <see langword="null"/> if it reached the time limit and was killed.</param>
public sealed record SerialOutput(IReadOnlyList<string> Lines, TimeSpan Limit, int? ExitCode)
{
    const int LinesShown = 12;

    /// <summary>How the emulator ended, in words.</summary>
    public string Ending => ExitCode is { } code
        ? $"the emulator ended with exit code {code}"
        : $"it was still running after {Limit.TotalSeconds:0} s, and was killed";

    /// <summary>The last lines, for messages.</summary>
    public string Tail => Lines.Count == 0
        ? "It printed nothing."
        : $"Its last lines were:{IndentedLines.Of(Lines.TakeLast(LinesShown))}";

    /// <summary>The error of a boot that failed.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="log">The file of the whole output.</param>
    public BuildException Failure(string reason, string log) =>
        new($"{reason}{Environment.NewLine}{Tail}{Environment.NewLine}The whole serial log is '{log}'.");

    /// <summary>The index of the first line that contains a text; -1 if there is none.</summary>
    public int IndexOf(string text) => IndexOf(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>The index of the first line that meets a condition; -1 if there is none.</summary>
    public int IndexOf(Func<string, bool> isIt)
    {
        var index = Lines.TakeWhile(line => !isIt(line)).Count();
        return index < Lines.Count ? index : -1;
    }

    /// <summary>The lines from one index up to another, not including the latter.</summary>
    public IEnumerable<string> Between(int begin, int end) => Lines.Take(end).Skip(begin);
}
