using L4ReMusl.Checks;

namespace L4ReMusl.Tests.Checks;

public sealed class CheckReportTests
{
    const string GoodEnd = "SELF-TEST END ok passed=2 failed=0";

    static readonly string[] Good = ["SELF-TEST a ok", "something else", "SELF-TEST b ok not in this kernel", GoodEnd];

    [Fact]
    public void Checks_are_read_with_names_results_and_details()
    {
        var report = CheckReport.Read(["SELF-TEST a ok", "SELF-TEST b FAIL line 7", "SELF-TEST c ok not here"]);

        report.Checks.Should().Equal(
            new CheckLine("a", true, "a ok"),
            new CheckLine("b", false, "b FAIL line 7"),
            new CheckLine("c", true, "c ok not here"));
        report.Passed.Should().Equal("a", "c");
        report.Failed.Should().Equal(new CheckLine("b", false, "b FAIL line 7"));
    }

    [Fact]
    public void A_kernel_or_another_task_may_have_begun_a_line_and_a_terminal_may_end_it()
    {
        var report = CheckReport.Read(["[    2.0] noise SELF-TEST a ok\r", "test  | SELF-TEST b ok \r", $"test  | {GoodEnd}\r"]);

        report.Passed.Should().Equal("a", "b");
        report.IsComplete.Should().BeTrue();
    }

    [Fact]
    public void All_checks_and_a_last_line_that_sums_them_up_are_complete()
    {
        CheckReport.Read(Good).IsComplete.Should().BeTrue();
        CheckReport.Read([.. Good, "a program may say more after its checks"]).IsComplete.Should().BeTrue();
    }

    [Theory]
    [InlineData(GoodEnd, "")]
    [InlineData(GoodEnd, "SELF-TEST END")]
    [InlineData("END ok", "END FAIL")]
    [InlineData("passed=2", "passed=1")]
    [InlineData("passed=2", "passed=20")]
    [InlineData("failed=0", "failed=1")]
    [InlineData("failed=0", "failed=00000000000000000001")]
    [InlineData("failed=0", "failed=01")]
    [InlineData("SELF-TEST a ok", "")]
    [InlineData("SELF-TEST a ok", "SELF-TEST a")]
    [InlineData("SELF-TEST a ok", "SELF-TEST a FAIL")]
    [InlineData("SELF-TEST a ok", "SELF-TEST a okay")]
    [InlineData(GoodEnd, GoodEnd + "\nSELF-TEST c ok")]
    public void Anything_else_is_not(string text, string instead) =>
        CheckReport.Read(string.Join('\n', Good).Replace(text, instead, StringComparison.Ordinal).Split('\n'))
            .IsComplete.Should().BeFalse();

    [Fact]
    public void Of_several_programs_that_report_one_after_the_other_the_last_must_sum_up_all_that_was_read() =>
        CheckReport.Read([GoodEnd, .. Good]).IsComplete.Should().BeTrue();

    [Fact]
    public void Nothing_is_not_complete()
    {
        CheckReport.Read([]).IsComplete.Should().BeFalse();
        CheckReport.Read(["SELF-TEST END ok passed=0 failed=0"]).IsComplete.Should().BeFalse();
    }

    [Theory]
    [InlineData("SMOKE END t0ken passed=3 failed=0", 3, 0)]
    [InlineData("passed=12 failed=4 and more", 12, 4)]
    public void Sums_are_read_wherever_they_stand(string line, int passed, int failed) =>
        CheckSum.In(line).Should().Be(new CheckSum(passed, failed));

    [Theory]
    [InlineData("")]
    [InlineData("passed=3")]
    [InlineData("passed=x failed=0")]
    [InlineData("passed=-3 failed=0")]
    [InlineData("bypassed=3 failed=0")]
    [InlineData("passed=99999999999 failed=0")]
    public void What_is_no_sum_is_none(string line) => CheckSum.In(line).Should().BeNull();
}
