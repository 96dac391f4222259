using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;

namespace L4ReMusl.Rust;

/// <summary>Runs the tests of <c>l4re-libc</c> for a target, in emulation.</summary>
/// <param name="layout">Where the crate is.</param>
/// <param name="cargo">Runs cargo.</param>
/// <param name="runner">Runs tools.</param>
public sealed partial class RustTestRun(BuildLayout layout, Cargo cargo, ToolRunner runner)
{
    // The first proves which library is loaded, the second that the wrappers keep their promises.
    static readonly string[] Suites = ["musl_smoke", "wrappers"];

    /// <summary>Runs all suites.</summary>
    /// <returns>How many tests passed, by suite.</returns>
    /// <exception cref="BuildException">
    /// A test failed, or fewer ran than the suite has: a suite that is empty by mistake would pass.
    /// </exception>
    public IReadOnlyList<(string Suite, int Passed)> Run(RustSettings settings) =>
        [.. Suites.Select(suite => (suite, Run(settings, suite)))];

    int Run(RustSettings settings, string suite)
    {
        var target = settings.Target;
        var logFile = layout.Log($"rust-test-{target.Name}-{suite}");
        var said = new List<string>();
        using (var log = new CommandLog(runner, logFile))
        {
            string[] arguments = ["test", "--package", "l4re-libc", "--test", suite, "--target", target.Name];
            log.Run(
                $"pass the tests {suite} for {target.Name}",
                cargo.Invocation([settings], Path.Combine(layout.Rust, "target"), arguments),
                said.Add);
        }

        var result = said.Select(line => ResultLine().Match(line)).LastOrDefault(match => match.Success)
            ?? throw new BuildException(
                $"The tests {suite} for {target.Name} did not report how many passed; the log is '{logFile}'.");
        var (passed, expected) = (int.Parse(result.Groups[1].Value), Expected(suite));
        return passed == expected
            ? passed
            : throw new BuildException(
                $"Of {expected} tests in {suite}.rs, {passed} ran for {target.Name}; the log is '{logFile}'.");
    }

    // The test marked "ignore" stands for all others on targets without musl.
    int Expected(string suite)
    {
        var text = File.ReadAllText(Path.Combine(layout.Crates, "l4re-libc", "tests", $"{suite}.rs"));
        return TestMark().Count(text) - IgnoreMark().Count(text);
    }

    [GeneratedRegex(@"^test result: ok\. (\d+) passed; 0 failed;")]
    private static partial Regex ResultLine();

    [GeneratedRegex(@"^\s*#\[test\]", RegexOptions.Multiline)]
    private static partial Regex TestMark();

    [GeneratedRegex(@"^\s*#\[ignore", RegexOptions.Multiline)]
    private static partial Regex IgnoreMark();
}
