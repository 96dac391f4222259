using L4ReMusl.Checks;

namespace L4ReMusl.Smoke;

/// <summary>Judges what the scripts of Ned print (<c>pkg/musl/assets/*.ned</c>), which have the forms of the lines.</summary>
/// <remarks>L4Re puts the name of a task, and its own colours, in front of a line.</remarks>
public static class L4ReVerdict
{
    /// <summary>Of <c>musl-modules</c>: all modules are there with their sizes, and one that is not there is found to be missing.</summary>
    /// <param name="output">What was printed.</param>
    /// <param name="sizes">The names of the modules, and their sizes in bytes.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? OfModules(SerialOutput output, IReadOnlyDictionary<string, long> sizes)
    {
        foreach (var (name, size) in sizes)
        {
            if (!Has(output, $"MUSL-MODULES {name} {size}"))
                return $"the module {name} was not seen with its {size} bytes";
        }

        return Has(output, "MUSL-MODULES no-such-module missing") && Has(output, $"MUSL-MODULES END present={sizes.Count} missing=1")
            ? null
            : $"the script did not come to its end, or did not see that a module is missing: {output.Ending}";
    }

    /// <summary>Of <c>musl-native</c>: every command began and ended, with the exit code that it should have.</summary>
    /// <param name="output">What was printed.</param>
    /// <param name="commands">The commands and their exit codes.</param>
    /// <param name="tests">Those of them that report checks in the form of the self-test; all must have passed.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? OfNative(SerialOutput output, IReadOnlyList<(string Command, int ExitCode)> commands, IReadOnlyCollection<string> tests)
    {
        foreach (var (command, exitCode) in commands)
        {
            var (begin, end) = (Find(output, $"MUSL-NATIVE BEGIN {command}"), FindEnd(output, command));
            if (begin < 0 || end < begin)
                return $"'{command}' {(begin < 0 ? "was not started" : "did not end")}: {output.Ending}";
            var lines = output.Lines.Take(end).Skip(begin).ToList();
            if (tests.Contains(command) && OfChecks(lines) is { } failure)
                return $"'{command}' {failure}";
            if (!output.Lines[end].Contains($"MUSL-NATIVE EXIT {exitCode} ", StringComparison.Ordinal))
                return $"'{command}' did not end with exit code {exitCode}: {output.Lines[end].Trim()}";
        }

        return Has(output, $"MUSL-NATIVE END {commands.Count}") ? null : $"the script did not come to its end: {output.Ending}";
    }

    static string? OfChecks(IReadOnlyList<string> lines)
    {
        var checks = SelfTestLine.In(lines).ToList();
        var failed = checks.Where(check => !check.Passed).ToList();
        if (failed.Count > 0)
            return $"had failed checks: {string.Join("; ", failed.Select(check => SelfTestLine.Mark + check.Text.Trim()))}";
        var passed = checks.Count;
        return passed > 0 && lines.Any(line => line.Contains($"SELF-TEST END ok passed={passed} failed=0", StringComparison.Ordinal))
            ? null
            : $"did not come to the end of its checks, after {passed} passed ones";
    }

    static bool Has(SerialOutput output, string text) => Find(output, text) >= 0;

    static int Find(SerialOutput output, string text) => FirstIndex(output.Lines, line => line.TrimEnd().EndsWith(text, StringComparison.Ordinal));

    static int FindEnd(SerialOutput output, string command) => FirstIndex(
        output.Lines, line => line.Contains("MUSL-NATIVE EXIT ", StringComparison.Ordinal) && line.TrimEnd().EndsWith($" {command}", StringComparison.Ordinal));

    static int FirstIndex(IReadOnlyList<string> lines, Func<string, bool> isIt)
    {
        var index = lines.TakeWhile(line => !isIt(line)).Count();
        return index < lines.Count ? index : -1;
    }
}
