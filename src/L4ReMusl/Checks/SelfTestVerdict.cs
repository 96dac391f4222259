using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Checks;

/// <summary>
/// Judges by its output whether a self-test passed: <c>config/test-harness/harness.h</c> has the form of the lines.
/// </summary>
public static class SelfTestVerdict
{
    const string Line = "SELF-TEST ";

    /// <summary>The checks that passed, which must be all.</summary>
    /// <param name="result">What the program left.</param>
    /// <param name="test">What it is, for the message.</param>
    /// <exception cref="BuildException">A check failed, or the program did not come to its end.</exception>
    public static IReadOnlyList<string> Passed(ToolResult result, string test)
    {
        var lines = result.Output.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.StartsWith(Line, StringComparison.Ordinal)).ToList();
        var failed = lines.Where(line => line.Split(' ') is [_, not "END", "FAIL", ..]).ToList();
        if (failed.Count > 0)
            throw new BuildException($"{test} failed:{string.Concat(failed.Select(line => $"{Environment.NewLine}  {line[Line.Length..]}"))}");

        string[] passed = [.. lines.Select(line => line.Split(' ')).Where(words => words is [_, not "END", "ok", ..]).Select(words => words[1])];
        if (!result.Succeeded || passed.Length == 0 || lines[^1] != $"{Line}END ok passed={passed.Length} failed=0")
            throw new BuildException(
                $"{test} did not come to its end: after {passed.Length} checks it ended with "
                + $"exit code {result.ExitCode}{(result.Error.Length > 0 ? $" and said: {result.Error.Trim()}" : "")}.");
        return passed;
    }
}
