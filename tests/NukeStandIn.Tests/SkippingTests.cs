namespace NukeStandIn.Tests;

public sealed class SkippingTests
{
    [Fact]
    public void A_list_of_targets_to_skip_accepts_any_spelling()
    {
        var result = Sample.Run("GraphBuild", "Package", "--skip", "compile-arm", "DOCS");

        result.ExitCode.Should().Be(0);
        result.RunTargets.Should().Equal("Fetch", "CompileArm64", "Package");
        result.Summary.Should().Contain(
            ["CompileArm Skipped // Skipped: via parameter", "Docs Skipped // Skipped: via parameter"]);
    }

    [Fact]
    public void An_empty_list_skips_all_but_the_named_targets()
    {
        var result = Sample.Run("GraphBuild", "Package", "--skip");

        result.RunTargets.Should().Equal("Package");
    }

    [Fact]
    public void Conditions_skip_targets_and_what_only_they_need_and_the_summary_says_why()
    {
        var result = Sample.Run("ConditionBuild");

        result.ExitCode.Should().Be(0);
        result.Summary.Should().BeEquivalentTo(
            "Shared Succeeded",
            "OnlyForStatic Skipped // Skipped: because of SkippedStatic",
            "SkippedStatic Skipped // OnlyWhen: IsFriday",
            "SkippedTwice Skipped // OnlyWhen: !IsFriday && IsFriday && IsFriday",
            "OnlyForExecute Succeeded",
            "SkippedKeepingDependencies Skipped // OnlyWhen: IsFriday",
            "RunsOnOtherDays Succeeded",
            "All Succeeded");
    }

    [Fact]
    public void A_target_named_on_the_command_line_is_skipped_with_all_it_needs()
    {
        var result = Sample.Run("ConditionBuild", "SkippedStatic");

        result.ExitCode.Should().Be(0);
        result.RunTargets.Should().BeEmpty();
        result.Summary.Should().Contain("SkippedStatic Skipped // OnlyWhen: IsFriday");
    }

    [Fact]
    public void A_condition_that_throws_fails_the_build()
    {
        var result = Sample.Run("ConditionBuild", "BadCondition");

        result.ExitCode.Should().Be(255);
        result.Output.Should().Contain("[ERR] Invocation of condition for BadCondition has thrown an exception")
            .And.Contain("the condition broke");
    }

    [Fact]
    public void A_continued_build_skips_what_has_succeeded()
    {
        using var sample = new Sample("FailureBuild");
        sample.Run().ExitCode.Should().Be(255);

        var result = sample.With("BROKEN", "false").Run("--continue");

        result.ExitCode.Should().Be(0);
        result.RunTargets.Should().NotContain("First").And.Contain(["Fail", "Afterwards", "All"]);
    }

    [Fact]
    public void A_different_invocation_starts_anew()
    {
        using var sample = new Sample("FailureBuild");
        sample.Run();

        var result = sample.Run("SetsExitCode", "--continue");

        result.Output.Should().Contain("[WRN] Build invocation changed. Restarting ...");
    }
}
