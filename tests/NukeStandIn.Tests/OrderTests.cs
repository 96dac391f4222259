namespace NukeStandIn.Tests;

public sealed class OrderTests
{
    [Fact]
    public void Without_a_target_the_default_one_runs_after_its_dependencies()
    {
        var result = Sample.Run("GraphBuild");

        result.ExitCode.Should().Be(0);
        result.RunTargets.Should().Equal("Docs", "Fetch", "CompileArm64", "CompileArm", "Package");
    }

    [Theory]
    [InlineData("SmokeTest", "Package", "Clean", "Lint")]
    [InlineData("smoke-test+PACKAGE+clean+lint")]
    [InlineData("--target", "lint", "clean", "package", "SmokeTest")]
    public void Targets_run_once_in_an_order_that_does_not_depend_on_their_spelling_or_sequence(params string[] arguments)
    {
        var result = Sample.Run("GraphBuild", arguments);

        result.RunTargets.Should().Equal("Docs", "Lint", "Clean", "Fetch", "CompileArm64", "CompileArm", "SmokeTest", "Package");
    }

    [Fact]
    public void A_triggered_target_runs_with_its_dependencies_and_triggers_further_ones()
    {
        var result = Sample.Run("TriggerBuild");

        result.RunTargets.Should().Equal("Needed", "Start", "Next", "Last");
    }

    [Fact]
    public void A_cycle_is_an_error_that_names_its_targets()
    {
        var result = Sample.Run("CycleBuild");

        result.ExitCode.Should().Be(255);
        result.Output.Should().Contain("Circular dependencies between targets:").And.MatchRegex("- (Hen, Egg|Egg, Hen)");
        result.RunTargets.Should().BeEmpty();
    }

    [Fact]
    public void An_unknown_target_is_an_error_that_lists_the_known_ones()
    {
        var result = Sample.Run("GraphBuild", "Nope");

        result.ExitCode.Should().Be(255);
        result.Output.Should().Contain("Target with name 'Nope' does not exist. Available targets are:\n  - Clean\n  - Compile\n");
        result.RunTargets.Should().BeEmpty();
    }

    [Fact]
    public void Strictly_an_order_that_the_definitions_leave_open_is_an_error()
    {
        var result = Sample.Run("GraphBuild", "--strict");

        result.ExitCode.Should().Be(255);
        result.Output.Should().Contain("Incomplete target definition order:");
    }

    [Fact]
    public void Without_a_default_target_a_build_shows_its_help()
    {
        var result = Sample.Run("NoDefaultBuild");

        result.ExitCode.Should().Be(0);
        result.Lines.Should().ContainMatch("  Only * -> Before").And.Contain("    The only one").And.ContainMatch("  --jobs * How many jobs to run*");
    }

    [Fact]
    public void Help_marks_the_default_target_and_hides_unlisted_ones()
    {
        var result = Sample.Run("GraphBuild", "--help");

        result.ExitCode.Should().Be(0);
        result.Lines.Should().ContainMatch("  Package (default) * -> Compile, Docs").And.NotContainMatch("  Lint*");
    }
}
