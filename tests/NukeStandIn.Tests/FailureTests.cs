namespace NukeStandIn.Tests;

public sealed class FailureTests
{
    [Fact]
    public void After_a_failure_nothing_else_runs()
    {
        var result = Sample.Run("FailureBuild");

        result.ExitCode.Should().Be(255);
        result.RunTargets.Should().Equal("First", "Fail");
        result.Summary.Should().BeEquivalentTo(
            "First Succeeded", "Fail Failed // InvalidOperationException: boom", "Afterwards NotRun", "All NotRun");
        result.Output.Should()
            .Contain("[ERR] Target Fail has thrown an exception\nSystem.InvalidOperationException: boom\nsecond line\n")
            .And.Contain("Build failed on ");
    }

    [Fact]
    public void Errors_are_repeated_at_the_end_under_the_name_of_their_target()
    {
        var result = Sample.Run("FailureBuild");

        var block = result.Lines.SkipWhile(x => x != "║ Errors & Warnings").ToList();
        block.Should().Contain("[ERR] First: an error abc").And.Contain("[ERR] Fail: Target Fail has thrown an exception");
    }

    [Fact]
    public void A_summary_of_the_target_itself_replaces_the_exception()
    {
        var result = Sample.Run("FailureBuild", "FailWithSummary");

        result.Summary.Should().Equal("FailWithSummary Failed // Failed: 3");
    }

    [Fact]
    public void A_build_can_set_its_exit_code() => Sample.Run("FailureBuild", "SetsExitCode").ExitCode.Should().Be(42);
}
