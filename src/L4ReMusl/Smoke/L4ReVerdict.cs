using L4ReMusl.Boot;
using L4ReMusl.Checks;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Smoke;

/// <summary>Judges what the scripts of Ned print; <c>pkg/musl/assets/*.ned</c> define the forms of the lines.</summary>
/// <remarks>L4Re puts the name of the task, and colour codes, in front of each line.</remarks>
public static class L4ReVerdict
{
    /// <summary>
    /// Of <c>musl-modules</c>: all modules are present with their sizes, and one that does not exist is reported as missing.
    /// </summary>
    /// <param name="output">What was printed.</param>
    /// <param name="sizes">The names of the modules, and their sizes in bytes.</param>
    public static Verdict OfModules(SerialOutput output, IReadOnlyDictionary<string, long> sizes)
    {
        foreach (var (name, size) in sizes)
        {
            if (!Has(output, $"MUSL-MODULES {name} {size}"))
                return Verdict.Bad($"the module {name} was not seen with its {size} bytes");
        }

        return Verdict.Of(
            Has(output, "MUSL-MODULES no-such-module missing")
            && Has(output, $"MUSL-MODULES END present={sizes.Count} missing=1"),
            () => $"the script did not finish, or did not report the module that is missing: {output.Ending}");
    }

    /// <summary>Of an image that runs programs: every command began, and ended with the right exit code.</summary>
    /// <param name="output">What was printed.</param>
    /// <param name="entry">The image, whose name in capitals is in front of what the script prints.</param>
    /// <param name="commands">The commands and their exit codes.</param>
    /// <param name="tests">The commands that report checks in the form of the self-test; all checks must have passed.</param>
    public static Verdict OfTasks(
        SerialOutput output,
        BootEntry entry,
        IReadOnlyList<(string Command, int ExitCode)> commands,
        IReadOnlyCollection<string> tests)
    {
        var mark = entry.Name.ToUpperInvariant();
        foreach (var (command, exitCode) in commands)
        {
            if (OfCommand(output, mark, command, exitCode, tests.Contains(command)) is { IsGood: false } bad)
                return bad;
        }

        return Verdict.Of(
            Has(output, $"{mark} END {commands.Count}"), () => $"the script did not finish: {output.Ending}");
    }

    static Verdict OfCommand(SerialOutput output, string mark, string command, int exitCode, bool isTest)
    {
        var (begin, end) = (Find(output, $"{mark} BEGIN {command}"), FindEnd(output, mark, command));
        if (begin < 0 || end < begin)
            return Verdict.Bad($"'{command}' {(begin < 0 ? "was not started" : "did not end")}: {output.Ending}");
        var checks = isTest ? OfChecks(command, CheckReport.Read(output.Between(begin, end))) : Verdict.Good;
        return checks.And(() => Verdict.Of(
            output.Lines[end].Contains($"{mark} EXIT {exitCode} ", StringComparison.Ordinal),
            () => $"'{command}' did not end with exit code {exitCode}: {output.Lines[end].Trim()}"));
    }

    static Verdict OfChecks(string command, CheckReport report) => report.Failed is { Count: > 0 } failed
        ? Verdict.Bad(
            $"'{command}' had failed checks: {string.Join("; ", failed.Select(check => CheckReport.Mark + check.Text))}")
        : Verdict.Of(
            report.IsComplete,
            () => $"'{command}' did not finish its checks; {report.Passed.Count} passed");

    static bool Has(SerialOutput output, string text) => Find(output, text) >= 0;

    static int Find(SerialOutput output, string text) =>
        output.IndexOf(line => line.TrimEnd().EndsWith(text, StringComparison.Ordinal));

    static int FindEnd(SerialOutput output, string mark, string command) => output.IndexOf(line =>
        line.Contains($"{mark} EXIT ", StringComparison.Ordinal)
        && line.TrimEnd().EndsWith($" {command}", StringComparison.Ordinal));
}
