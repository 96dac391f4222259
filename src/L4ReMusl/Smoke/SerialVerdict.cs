using L4ReMusl.Checks;

namespace L4ReMusl.Smoke;

/// <summary>Judges by its serial output whether a guest booted, passed its checks and powered off, in this order.</summary>
/// <remarks>QEMU's exit code says nothing: it is zero after a panic as well.</remarks>
/// <param name="token">What the guest's first and last marker must bear, so that no guest can have them ready.</param>
/// <param name="expected">The names of the checks that it must report, besides others that it may.</param>
public sealed class SerialVerdict(string token, IReadOnlyList<string> expected)
{
    const string Panic = "Kernel panic - not syncing", PowerOff = "reboot: Power down";

    /// <summary>How many checks a guest reported as passed.</summary>
    public static int CountPassed(SerialOutput output) => SelfTestLine.In(output.Lines).Count(check => check.Passed);

    /// <summary>Says what is wrong; <see langword="null"/> if nothing is.</summary>
    public string? Of(SerialOutput output)
    {
        var lines = output.Lines;
        if (lines.FirstOrDefault(line => line.Contains(Panic, StringComparison.Ordinal)) is { } panic)
            return $"the kernel panicked: {panic[panic.IndexOf(Panic, StringComparison.Ordinal)..]}";
        var (begin, end, off) = (Find(lines, $"SMOKE BEGIN {token}"), Find(lines, $"SMOKE END {token} "), Find(lines, PowerOff));
        if (begin < 0)
            return $"the guest did not begin its checks: {HowItEnded(output)}";
        if (end < 0)
            return $"the guest began its checks and did not come to their end: {HowItEnded(output)}";
        if (end < begin)
            return "the guest printed the marker of the end before it began";
        return OfChecks([.. lines.Take(end).Skip(begin)], lines[end]) ?? OfPowerOff(output, end, off);
    }

    string? OfChecks(IReadOnlyList<string> lines, string end)
    {
        var checks = SelfTestLine.In(lines).ToList();
        var failed = checks.Where(check => !check.Passed).Select(check => check.Text).ToList();
        if (failed.Count > 0)
            return $"{failed.Count} checks failed in the guest: {string.Join("; ", failed)}";
        if (expected.Except(checks.Select(check => check.Name)).ToList() is { Count: > 0 } missing)
            return $"the guest printed the marker of the end without these checks: {string.Join(", ", missing)}";
        return end.EndsWith($" passed={checks.Count} failed=0", StringComparison.Ordinal)
            ? null
            : $"the guest reported {checks.Count} passed checks, but sums up differently: {end}";
    }

    static string? OfPowerOff(SerialOutput output, int end, int off)
    {
        if (off < 0)
            return $"the guest passed its checks, but did not power off: {HowItEnded(output)}";
        if (off < end)
            return "the guest printed the message of a power-off before its checks were at their end";
        return output.ExitCode is 0 ? null : $"the guest powered off, but {HowItEnded(output)}";
    }

    static string HowItEnded(SerialOutput output) =>
        output.ExitCode is not null && Find(output.Lines, PowerOff) >= 0 ? "it powered off" : output.Ending;

    static int Find(IReadOnlyList<string> lines, string text) => lines.TakeWhile(line => !line.Contains(text, StringComparison.Ordinal)).Count() is var index && index < lines.Count
        ? index
        : -1;
}
