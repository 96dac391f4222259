using System.Globalization;
using System.Xml.Linq;
using L4ReMusl.CommandLine.Plans;

namespace L4ReMusl.Tests.CommandLine;

public sealed class PlanPageTests
{
    readonly string html = new PlanPage(SamplePlan.Plan, "l4re-musl").Render();

    XDocument Page => XDocument.Parse(html);

    [Fact]
    public void Each_target_is_a_node_with_its_state_and_a_tooltip()
    {
        var nodes = Elements("g").Where(g => Class(g).StartsWith("node", StringComparison.Ordinal)).ToList();

        nodes.ToDictionary(node => node.Attribute("data-target")!.Value, Class).Should().Equal(new Dictionary<string, string>
        {
            ["Provision"] = "node run",
            ["Fetch"] = "node done",
            ["CompileArm"] = "node done",
            ["CompileArm64"] = "node run",
            ["Stage"] = "node run",
            ["Test"] = "node skip",
            ["Image"] = "node run invoked",
        });
        nodes.Should().OnlyContain(
            node => node.Elements().First().Value.Contains($"{node.Attribute("data-target")!.Value} does its work."));
    }

    [Fact]
    public void Each_line_of_the_graph_is_drawn_dashed_if_it_is_only_about_order() =>
        Elements("path").Where(path => Class(path).StartsWith("edge", StringComparison.Ordinal))
            .Select(path => $"{path.Attribute("data-from")!.Value} {Class(path)} {path.Attribute("data-to")!.Value}")
            .Should().BeEquivalentTo(
                "Provision edge Fetch",
                "Fetch edge CompileArm",
                "Fetch edge CompileArm64",
                "CompileArm edge Stage",
                "CompileArm64 edge Stage",
                "Fetch edge Stage",
                "Stage edge Test",
                "Stage edge Image",
                "Provision edge Image",
                "Test edge after Image");

    [Fact]
    public void The_rest_of_the_build_is_drawn_dimmed_and_has_no_row_in_the_table()
    {
        var page = XDocument.Parse(new PlanPage(SamplePlan.PartOfABuild, "l4re-musl").Render());
        var named = page.Descendants()
            .Where(element => element.Attribute("data-target") is not null || element.Attribute("data-to") is not null);

        named.Select(element => $"{(element.Attribute("data-target") ?? element.Attribute("data-to"))!.Value} {Class(element)}")
            .Should().BeEquivalentTo(
                "Fetch node run", "AddVersion node outside", "Stage node done invoked", "Package node outside",
                "Doctor node outside", "AddVersion edge outside", "Stage edge", "Stage edge after outside",
                "Package edge outside");
        Style(page).Should().MatchRegex(@"\.outside \{ opacity: 0?\.\d");
        page.Descendants().Count(element => element.Name.LocalName == "tr")
            .Should().Be(3, "there is a head, and a row for each target");
    }

    [Fact]
    public void Reasons_are_in_the_table_as_they_are() =>
        Elements("td").Select(cell => cell.Value).Should().Contain("changed: compiler").And.Contain("no <cargo> & co. here");

    [Fact]
    public void The_page_needs_nothing_else()
    {
        html.Should().StartWith("<!DOCTYPE html>");
        Elements("script").Concat(Elements("link")).Concat(Elements("img")).Should().BeEmpty();
        Page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "href").Should().BeEmpty();
        Style(Page).Should().Contain("prefers-color-scheme: dark").And.NotContainAny("url(", "<", ">", "&", "@import");
    }

    [Fact]
    public void A_target_lies_below_all_that_it_comes_after_and_no_two_overlap()
    {
        var places = Elements("g").Where(g => g.Attribute("data-target") is not null)
            .ToDictionary(g => g.Attribute("data-target")!.Value, Place);
        var size = Elements("rect").First();
        var (width, height) = (Parse(size.Attribute("width")!.Value), Parse(size.Attribute("height")!.Value));

        foreach (var edge in SamplePlan.Plan.Edges)
        {
            var (from, to) = (SamplePlan.Plan.Targets[edge.From].Name, SamplePlan.Plan.Targets[edge.To].Name);
            places[to].Y.Should().BeGreaterThan(places[from].Y + height);
        }

        var pairs = places.SelectMany(one => places.Where(other => string.CompareOrdinal(one.Key, other.Key) < 0)
            .Select(other => (One: one.Value, Other: other.Value)));
        pairs.Should().OnlyContain(pair =>
            Math.Abs(pair.One.X - pair.Other.X) > width || Math.Abs(pair.One.Y - pair.Other.Y) > height);
    }

    [Fact]
    public void Everything_lies_inside_the_drawing()
    {
        var svg = Elements("svg").Single();
        var (width, height) = (Parse(svg.Attribute("width")!.Value), Parse(svg.Attribute("height")!.Value));
        var node = Elements("rect").First();

        Elements("g").Where(g => g.Attribute("data-target") is not null).Select(Place).Should().OnlyContain(place =>
            place.X >= 0 && place.X + Parse(node.Attribute("width")!.Value) <= width
            && place.Y >= 0 && place.Y + Parse(node.Attribute("height")!.Value) <= height);
    }

    [Fact]
    public void An_empty_plan_is_not_a_failure() =>
        XDocument.Parse(new PlanPage(new BuildPlan([], []), "nothing").Render()).Root!.Name.LocalName.Should().Be("html");

    IEnumerable<XElement> Elements(string name) => Page.Descendants().Where(element => element.Name.LocalName == name);

    static string Style(XDocument page) => page.Descendants().Single(element => element.Name.LocalName == "style").Value;

    static string Class(XElement element) => element.Attribute("class")?.Value ?? "";

    static (double X, double Y) Place(XElement group)
    {
        var numbers = group.Attribute("transform")!.Value["translate(".Length..].TrimEnd(')').Split(',');
        return (Parse(numbers[0]), Parse(numbers[1]));
    }

    static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);
}
