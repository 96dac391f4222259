using L4ReMusl.CommandLine.Plans;

namespace L4ReMusl.Tests.CommandLine;

public sealed class PlanTextTests
{
    [Fact]
    public void The_order_names_each_target_with_state_and_reason()
    {
        var lines = Lines(Render(100));

        lines.Should().Contain(line => line.Contains("1  ● Provision") && line.EndsWith("would run: always looks"));
        lines.Should().Contain(line => line.Contains("3  ✓ CompileArm ") && line.EndsWith("up to date: nothing has changed"));
        lines.Should().Contain(line => line.Contains("6  ○ Test") && line.EndsWith("skipped: no <cargo> & co. here"));
        lines[0].Should().Contain("Plan of Image").And.Contain("7 targets: 4 would run, 2 up to date, 1 skipped");
    }

    [Fact]
    public void The_graph_shows_each_target_once_in_the_order_of_execution() =>
        Graph(100).Select(line => line.Split(' ')[^1]).Where(word => word.Length > 1 && char.IsLetter(word[0]))
            .Should().Equal(SamplePlan.Plan.Targets.Select(target => target.Name));

    [Fact]
    public void A_diamond_is_drawn_as_one()
    {
        var plan = new BuildPlan(["D"],
        [
            new("A", "", PlannedState.WouldRun, ""),
            new("B", "", PlannedState.WouldRun, "") { Dependencies = ["A"] },
            new("C", "", PlannedState.WouldRun, "") { Dependencies = ["A"] },
            new("D", "", PlannedState.WouldRun, "") { Dependencies = ["B", "C"] },
        ]);

        Graph(new PlanText(plan).Render()).Should().Equal(
            "● A",
            "├─┐",
            "│ ● B",
            "│ │",
            "● │ C",
            "├─┘",
            "● D");
    }

    [Fact]
    public void A_lane_that_crosses_does_not_look_joined()
    {
        var plan = new BuildPlan(["E"],
        [
            new("A", "", PlannedState.WouldRun, ""),
            new("B", "", PlannedState.WouldRun, ""),
            new("C", "", PlannedState.WouldRun, "") { Dependencies = ["A"] },
            new("D", "", PlannedState.WouldRun, "") { Dependencies = ["A", "B"] },
            new("E", "", PlannedState.WouldRun, "") { Dependencies = ["B", "C"] },
        ]);

        Graph(new PlanText(plan).Render()).Should().ContainInOrder("├─│─┐", "│ │ ● C");
    }

    [Fact]
    public void A_line_that_others_imply_is_left_out()
    {
        var plan = new BuildPlan(["C"],
        [
            new("A", "", PlannedState.WouldRun, ""),
            new("B", "", PlannedState.WouldRun, "") { Dependencies = ["A"] },
            new("C", "", PlannedState.WouldRun, "") { Dependencies = ["A", "B"] },
        ]);

        Graph(new PlanText(plan).Render()).Should().Equal("● A", "│", "● B", "│", "● C");
    }

    [Fact]
    public void The_rest_of_the_build_is_drawn_around_the_plan_and_has_no_place_in_its_order()
    {
        var text = new PlanText(SamplePlan.PartOfABuild).Render();

        Graph(text).Should().Equal(
            "● Fetch",
            "├─┐",
            "│ · AddVersion",
            "│",
            "✓ Stage",
            "│",
            "· Package",
            "· Doctor");
        Lines(text)[0].Should().Be("Plan of Stage (2 targets: 1 would run, 1 up to date)");
        Lines(text).SkipWhile(line => line != "Order").Skip(1).TakeWhile(line => line.Length > 0).Should()
            .Equal("  1  ● Fetch  would run", "  2  ✓ Stage  up to date");
    }

    [Fact]
    public void Where_there_are_colours_all_but_the_plan_is_dimmed()
    {
        Graph(new PlanText(SamplePlan.PartOfABuild).Render(isColoured: true)).Should()
            .Contain(["● Fetch", "│ \e[2m· AddVersion\e[22m", "✓ Stage", "\e[2m· Doctor\e[22m"]);
        new PlanText(SamplePlan.PartOfABuild).Render().Should().NotContain("\e");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(100)]
    public void No_line_is_wider_than_the_terminal(int width) =>
        Lines(Render(width)).Should().OnlyContain(line => line.Length <= width);

    [Fact]
    public void A_terminal_too_narrow_for_the_graph_gets_its_lines_in_words()
    {
        var wide = new BuildPlan(["Z"],
        [
            .. Enumerable.Range(0, 30).Select(i => new PlannedTarget($"T{i}", "", PlannedState.WouldRun, "")),
            new("Z", "", PlannedState.WouldRun, "") { Dependencies = [.. Enumerable.Range(0, 30).Select(i => $"T{i}")] },
        ]);

        new PlanText(wide).Render(40).Should().Contain("T7 needs nothing").And.Contain("Z needs T0, T1,");
    }

    [Fact]
    public void An_empty_plan_is_not_a_failure() => new PlanText(new BuildPlan([], [])).Render().Should().Contain("0 targets");

    static string Render(int width) => new PlanText(SamplePlan.Plan).Render(width);

    static string[] Lines(string text) => text.Split(Environment.NewLine);

    static IEnumerable<string> Graph(int width) => Graph(Render(width));

    static IEnumerable<string> Graph(string text) =>
        Lines(text).SkipWhile(line => !line.StartsWith("Graph", StringComparison.Ordinal))
            .Skip(1).TakeWhile(line => line.Length > 0).Select(line => line[2..]);
}
