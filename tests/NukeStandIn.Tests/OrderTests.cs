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
        result.Output.Should()
            .Contain("Target with name 'Nope' does not exist. Available targets are:\n  - Clean\n  - Compile\n");
        result.RunTargets.Should().BeEmpty();
    }

    [Fact]
    public void Strictly_an_order_that_the_definitions_leave_open_is_an_error()
    {
        var result = Sample.Run("GraphBuild", "--strict");

        result.ExitCode.Should().Be(255);
        result.Output.Should().Contain("Incomplete target definition order:");
    }
}
