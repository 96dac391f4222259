using L4ReMusl.Checks;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Smoke;

/// <summary>Judges by its serial output whether a guest booted, passed its checks and powered off, in this order.</summary>
/// <remarks>QEMU's exit code is not enough: it is zero after a panic as well.</remarks>
/// <param name="token">The token in the guest's first and last marker, so that they cannot be part of the image.</param>
/// <param name="expected">The names of the checks that it must report; it may report others as well.</param>
public sealed class SerialVerdict(string token, IReadOnlyList<string> expected)
{
    const string Panic = "Kernel panic - not syncing", PowerOff = "reboot: Power down";

    /// <summary>How many checks a guest reported as passed.</summary>
    public static int CountPassed(SerialOutput output) => CheckReport.Read(output.Lines).Passed.Count;

    /// <summary>Judges.</summary>
    public Verdict Of(SerialOutput output)
    {
        if (output.Lines.FirstOrDefault(line => line.Contains(Panic, StringComparison.Ordinal)) is { } panic)
            return Verdict.Bad($"the kernel panicked: {panic[panic.IndexOf(Panic, StringComparison.Ordinal)..]}");
        var (begin, end) = (output.IndexOf($"SMOKE BEGIN {token}"), output.IndexOf($"SMOKE END {token} "));
        if (begin < 0)
            return Verdict.Bad($"the guest did not begin its checks: {HowItEnded(output)}");
        if (end < 0)
            return Verdict.Bad($"the guest began its checks and did not finish them: {HowItEnded(output)}");
        if (end < begin)
            return Verdict.Bad("the guest printed the end marker before it began its checks");
        return OfChecks(CheckReport.Read(output.Between(begin, end)), output.Lines[end])
            .And(() => OfPowerOff(output, end, output.IndexOf(PowerOff)));
    }

    Verdict OfChecks(CheckReport report, string end)
    {
        if (report.Failed is { Count: > 0 } failed)
        {
            return Verdict.Bad(
                $"{failed.Count} checks failed in the guest: {string.Join("; ", failed.Select(check => check.Text))}");
        }

        if (expected.Except(report.Passed).ToList() is { Count: > 0 } missing)
            return Verdict.Bad($"the guest printed the end marker without these checks: {string.Join(", ", missing)}");
        var passed = report.Passed.Count;
        return Verdict.Of(
            CheckSum.In(end) == new CheckSum(passed, 0),
            () => $"the guest reported {passed} passed checks, but a different total: {end}");
    }

    static Verdict OfPowerOff(SerialOutput output, int end, int off)
    {
        if (off < 0)
            return Verdict.Bad($"the guest passed its checks, but did not power off: {HowItEnded(output)}");
        if (off < end)
            return Verdict.Bad("the guest printed the power-off message before it finished its checks");
        return Verdict.Of(output.ExitCode is 0, () => $"the guest powered off, but {HowItEnded(output)}");
    }

    static string HowItEnded(SerialOutput output) =>
        output.ExitCode is not null && output.IndexOf(PowerOff) >= 0 ? "it powered off" : output.Ending;
}
