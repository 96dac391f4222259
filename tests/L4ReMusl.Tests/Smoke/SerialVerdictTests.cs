using L4ReMusl.Smoke;

namespace L4ReMusl.Tests.Smoke;

/// <summary>Verdicts on the serial output of good and bad guests.</summary>
public sealed class SerialVerdictTests
{
    static readonly string[] Good =
    [
        "[    1.2] Run /sbin/init as init process", "SMOKE BEGIN t0ken", "SELF-TEST memory ok",
        "[    2.0] noise SELF-TEST threads ok not in this kernel", "SELF-TEST END ok passed=2 failed=0",
        "SELF-TEST boot.init ok", "SMOKE END t0ken passed=3 failed=0", "[    4.6] reboot: Power down",
    ];

    [Fact]
    public void A_guest_that_begins_passes_all_ends_and_powers_off_is_good()
    {
        Judge(Good).Should().BeNull();
        SerialVerdict.CountPassed(Output(Good)).Should().Be(3);
    }

    [Fact]
    public void The_prompt_of_a_shell_may_begin_a_line() =>
        Judge([.. Good.Select(line => line.Replace("SMOKE BEGIN", "~ # SMOKE BEGIN"))]).Should().BeNull();

    [Theory]
    [InlineData("SMOKE BEGIN", "did not begin its checks")]
    [InlineData("SMOKE END", "began its checks and did not finish them: it powered off")]
    [InlineData("SELF-TEST memory", "without these checks: memory")]
    [InlineData("SELF-TEST boot.init", "but a different total")]
    [InlineData("reboot: Power down", "passed its checks, but did not power off: the emulator ended with exit code 0")]
    public void Each_line_is_needed(string line, string verdict) =>
        Judge([.. Good.Where(text => !text.Contains(line))]).Should().Contain(verdict);

    [Theory]
    [InlineData("SELF-TEST memory ok", "SELF-TEST memory FAIL line 7", "1 checks failed in the guest: memory FAIL line 7")]
    [InlineData("SMOKE BEGIN t0ken", "SMOKE BEGIN other", "did not begin its checks")]
    [InlineData("SMOKE END t0ken", "SMOKE END other", "did not finish them")]
    [InlineData("passed=3 failed=0", "passed=3 failed=1", "but a different total")]
    [InlineData(
        "[    4.6] reboot: Power down",
        "Kernel panic - not syncing: Attempted to kill init!",
        "the kernel panicked: Kernel panic - not syncing: Attempted to kill init!")]
    public void A_line_that_says_something_else_is_noticed(string line, string instead, string verdict) =>
        Judge([.. Good.Select(text => text.Replace(line, instead))]).Should().Contain(verdict);

    [Fact]
    public void Markers_that_are_printed_early_do_not_count()
    {
        Judge(["SMOKE END t0ken passed=3 failed=0", .. Good[..6], Good[7]]).Should().Contain("end marker before it began");
        Judge(["SMOKE BEGIN t0ken", "SMOKE END t0ken passed=3 failed=0", .. Good[2..6], Good[7]])
            .Should().Contain("without these checks: memory, threads");
        Judge([Good[7], .. Good[..7]]).Should().Contain("the power-off message before it finished its checks");
    }

    [Fact]
    public void A_panic_counts_even_after_a_good_end() =>
        Judge([.. Good, "Kernel panic - not syncing: Fatal exception"]).Should().Contain("the kernel panicked");

    [Fact]
    public void A_guest_that_was_killed_has_failed_with_the_time_that_it_had() =>
        Judge(Good[..7], exitCode: null).Should().Contain("did not power off: it was still running after 90 s, and was killed");

    [Fact]
    public void Nothing_at_all_is_a_failure()
    {
        Judge([], exitCode: 1).Should().Contain("the emulator ended with exit code 1");
        Output([]).Tail.Should().Be("It printed nothing.");
    }

    static string? Judge(string[] lines, int? exitCode = 0) =>
        new SerialVerdict("t0ken", ["memory", "threads"]).Of(Output(lines, exitCode)).Reason;

    static SerialOutput Output(string[] lines, int? exitCode = 0) => new(lines, TimeSpan.FromSeconds(90), exitCode);
}
