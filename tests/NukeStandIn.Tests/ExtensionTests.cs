namespace NukeStandIn.Tests;

public sealed class ExtensionTests
{
    [Fact]
    public void Extensions_hear_of_events_by_descending_priority_and_the_build_comes_last()
    {
        var result = Sample.Run("ExtensionBuild");

        result.Lines.Where(x => x.Split(':')[0] is "early" or "late" or "method").Should().Equal(
            "early: targets Good Odd Last",
            "late: created",
            "early: plan Good",
            "late: initialized",
            "method: initialized 1",
            "method: finished Succeeded");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--plan")]
    public void An_extension_can_answer_help_and_plan_itself_and_knows_the_targets(string argument)
    {
        var result = Sample.Run("ExtensionBuild", "Odd", argument);

        result.ExitCode.Should().Be(3);
        result.Lines.Where(x => x.StartsWith("own", StringComparison.Ordinal)).Should().Equal(
            "own: Good [A good one] default not invoked Good Skip 0 () after ()",
            "own: Odd [] other invoked Odd Execute 1 (Last) after (Good)",
            "own: Last [] other not invoked Last Skip 0 () after ()");
        result.Output.Should().NotContain("Parameters:").And.NotContain("method");
    }
}
