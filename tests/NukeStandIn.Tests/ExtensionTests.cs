namespace NukeStandIn.Tests;

public sealed class ExtensionTests
{
    [Fact]
    public void Extensions_run_by_descending_priority_around_the_injection_of_parameters()
    {
        var result = Sample.Run("ExtensionBuild", "--name", "n");

        result.Lines.Where(x => x.StartsWith("early", StringComparison.Ordinal) || x.StartsWith("late", StringComparison.Ordinal)
                || x.StartsWith("method: created", StringComparison.Ordinal))
            .Should().Equal("early: name is unknown", "late: name is n, targets Good Bad Skipped Hidden", "method: created n", "late: plan Good/Scheduled");
    }

    [Fact]
    public void Every_event_reaches_extensions_and_then_the_build()
    {
        var result = Sample.Run("ExtensionBuild", "Bad", "Skipped");

        result.Lines.Where(x => x.StartsWith("extension", StringComparison.Ordinal) || x.StartsWith("method", StringComparison.Ordinal))
            .Should().Equal(
                "method: created ",
                "method: initialized 3",
                "extension: skipped Skipped",
                "method: skipped Skipped",
                "extension: running Good",
                "method: running Good",
                "extension: summary Good [Key, value]",
                "extension: succeeded Good",
                "method: succeeded Good",
                "extension: running Bad",
                "method: running Bad",
                "extension: summary Bad [FormatException, bad]",
                "extension: failed Bad",
                "method: failed Bad",
                "extension: finished, exit code -1",
                "method: finished False True");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--plan")]
    public void An_extension_can_answer_help_and_plan_itself(string argument)
    {
        var result = Sample.Run("ExtensionBuild", argument);

        result.ExitCode.Should().Be(3);
        result.Lines.Should().Contain("own: Good [A good one] after ").And.Contain("own: Bad [] after Good").And.NotContainMatch("own: Hidden*");
        result.Output.Should().NotContain("Parameters:");
    }
}
