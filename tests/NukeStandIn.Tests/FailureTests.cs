namespace NukeStandIn.Tests;

public sealed class FailureTests
{
    [Fact]
    public void After_a_failure_only_assured_targets_run()
    {
        var result = Sample.Run("FailureBuild");

        result.ExitCode.Should().Be(255);
        result.RunTargets.Should().Equal("First", "Fail", "Cleanup");
        result.Summary.Should().BeEquivalentTo(
            "First Succeeded", "Fail Failed // InvalidOperationException: boom", "Cleanup Succeeded", "Afterwards NotRun", "All NotRun");
        result.Output.Should().Contain("[ERR] Target Fail has thrown an exception\nSystem.InvalidOperationException: boom\nsecond line\n")
            .And.Contain("cleaning up")
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
    public void A_tolerated_failure_lets_the_rest_run_but_fails_the_build()
    {
        var result = Sample.Run("FailureBuild", "AfterTolerated");

        result.ExitCode.Should().Be(255);
        result.Output.Should().Contain("still here");
        result.Summary.Should().Equal(
            "Tolerated Failed // ArgumentException: Expected condition to be true (Parameter '1 == 2')", "AfterTolerated Succeeded");
    }

    [Fact]
    public void A_summary_of_the_target_itself_replaces_the_exception()
    {
        var result = Sample.Run("FailureBuild", "FailWithSummary");

        result.Summary.Should().Equal("FailWithSummary Failed // Failed: 3");
    }

    [Fact]
    public void A_task_that_fails_fails_the_target()
    {
        var result = Sample.Run("FailureBuild", "FailAsync");

        result.ExitCode.Should().Be(255);
        result.Summary.Should().Equal("FailAsync Failed // FormatException: late");
    }

    [Fact]
    public void A_build_can_set_its_exit_code() => Sample.Run("FailureBuild", "SetsExitCode").ExitCode.Should().Be(42);

    [Theory]
    [InlineData("NeedsToken", "Target 'NeedsToken' requires member 'Token' to be not null or empty")]
    [InlineData("NeedsLimit", "Target 'NeedsLimit' requires member 'Limit' to be not null or empty")]
    [InlineData("NeedsCondition", "Target 'NeedsCondition' requires '(value(NukeStandIn.Samples.RequirementBuild).Jobs > 100)'")]
    [InlineData("NeedsPlain", "Member 'plain' is required from target 'NeedsPlain' but not marked with an injection attribute.")]
    public void An_unmet_requirement_stops_the_build_before_the_first_target(string target, string message)
    {
        // NUKE asks for missing values in a terminal, but not on a CI server.
        using var sample = new Sample("RequirementBuild").With("GITHUB_ACTIONS", "true");

        var result = sample.Run(target);

        result.ExitCode.Should().Be(255);
        result.Output.Should().Contain(message).And.NotContain("::group::");
    }

    [Fact]
    public void A_met_requirement_lets_the_target_run() =>
        Sample.Run("RequirementBuild", "NeedsToken", "--token", "x").RunTargets.Should().Equal("Free", "NeedsToken");

    [Fact]
    public void Requirements_of_targets_that_do_not_run_do_not_matter() =>
        Sample.Run("RequirementBuild").ExitCode.Should().Be(0);

    [Fact]
    public void A_required_member_is_required_by_every_target()
    {
        using var sample = new Sample("RequiredMemberBuild").With("GITHUB_ACTIONS", "true");

        sample.Run().Output.Should().Contain("Member 'ApiKey' is required to be not null or empty");
        sample.Run("--api-key", "secret").ExitCode.Should().Be(0);
    }
}
