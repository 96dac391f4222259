using System.Xml.Linq;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary><c>--plan</c> prints and draws the plan, and does nothing else.</summary>
public sealed class PlanTests : IDisposable
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    static readonly string[] Chain =
    [
        "Provision", "FetchMusl", "Patch", "CompileArm", "CompileArm64", "Stage", "CompileComponents", "PackageL4Re", "LsbRoot",
    ];

    readonly RepositoryCopy copy = new();

    [Fact]
    public void The_order_is_that_of_the_chain_and_nothing_runs()
    {
        var lines = Plan();

        lines.SkipWhile(line => line != "Order").Skip(1).TakeWhile(line => line.Length > 0)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => int.TryParse(words[0], out _))
            .Select(words => words[2]).Should().Equal(Chain);
        string.Join(' ', lines).Should().Contain("would run: out/src/musl is not there yet");
        Directory.Exists(copy.Layout.Output).Should().BeFalse();
    }

    [Fact]
    public void The_page_has_a_node_for_each_target_and_a_line_for_each_need()
    {
        Plan();

        var graph = Page().Descendants(Svg + "svg").Single();
        Nodes(graph).Where(node => !Class(node).Contains("outside")).Select(Name).Should().Equal(Chain);
        graph.Descendants(Svg + "path")
            .Select(edge => $"{edge.Attribute("data-from")?.Value} {edge.Attribute("data-to")?.Value}")
            .Should().Contain([
                "Provision FetchMusl", "Patch CompileArm", "Patch CompileArm64", "CompileArm Stage", "CompileArm64 Stage",
                "PackageL4Re LsbRoot", "Stage CompileComponents", "CompileComponents LsbRoot", "LsbRoot SmokeTest",
            ]);
    }

    [Theory]
    [InlineData("LsbRoot", "LsbRoot")]
    [InlineData("package-l4re", "PackageL4Re")]
    [InlineData("Doctor ListPatches", "Doctor ListPatches")]
    public void The_whole_graph_is_drawn_and_what_was_asked_for_is_marked_in_it(string commandLine, string marked)
    {
        var graph = Plan(commandLine.Split(' ')).SkipWhile(line => !line.StartsWith("Graph", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.Length > 0).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => char.IsLetter(words[^1][0])).ToList();

        graph.Select(words => words[^1]).Should().BeEquivalentTo(CommandLineTests.Targets);
        Nodes(Page()).Select(Name).Should().Equal(graph.Select(words => words[^1]), "the page shows the same");
        Nodes(Page()).Where(node => Class(node).Contains("invoked")).Select(Name).Should().BeEquivalentTo(marked.Split(' '));
        Nodes(Page()).Where(node => Class(node).Contains("outside")).Select(Name).Should()
            .Equal(graph.Where(words => words.Contains("·")).Select(words => words[^1])).And.NotBeEmpty();
    }

    [Fact]
    public void An_architecture_that_is_not_selected_is_skipped_with_the_reason()
    {
        var text = string.Join('\n', Plan("--architectures", "arm64"));

        text.Should().MatchRegex(@"○ CompileArm +skipped: not among the selected architectures");
        text.Should().MatchRegex(@"● CompileArm64 +would run");
        Nodes(Page()).Single(node => Name(node) == "CompileArm").Value.Should().Contain("skipped");
    }

    [Fact]
    public void What_is_made_in_an_L4Re_tree_runs_each_time_and_says_why()
    {
        using var tree = new SmallTree();

        var plan = Plan("Image", "--architectures", "arm64", "--l4re-build", tree.Build);
        var text = string.Join(' ', plan.Select(line => line.Trim()));

        const string Reason = "only the make of the L4Re tree knows whether something in it has changed";
        text.Should().MatchRegex($"● PackageL4Re +would run: [^●]*{Reason}").And.MatchRegex($"● Image +would run: [^●]*{Reason}");
    }

    [Theory]
    [InlineData("LsbRoot --skip", "Provision FetchMusl Patch CompileArm CompileArm64 Stage CompileComponents PackageL4Re")]
    [InlineData("LsbRoot Stage --skip", "Provision FetchMusl Patch CompileArm CompileArm64 CompileComponents PackageL4Re")]
    [InlineData("LsbRoot --skip compile-arm+fetch-musl", "Provision FetchMusl CompileArm")]
    public void What_the_user_skips_is_shown_as_skipped_and_a_run_skips_the_same(string commandLine, string skipped)
    {
        Plan(commandLine.Split(' ')).Where(line => line.EndsWith("skipped: by --skip", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]).Should().Equal(skipped.Split(' '));

        // With an empty cache and no network, the run fails at once; its table shows what it would have skipped.
        using var cache = new TempFolder();
        var run = copy.Program.Run([.. commandLine.Split(' '), "--offline", "--cache-folder", cache.Path]);
        BuildProgram.Text(run).Replace('\u00A0', ' ').Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words[1] == "Skipped").Select(words => words[0])
            .Should().Equal(skipped.Split(' '));
    }

    public void Dispose() => copy.Dispose();

    string[] Plan(params string[] arguments)
    {
        var result = copy.Program.Run([.. arguments, "--plan"]);
        result.ExitCode.Should().Be(0, BuildProgram.Text(result));
        return BuildProgram.Text(result).Split('\n');
    }

    static string Name(XElement node) => node.Attribute("data-target")!.Value;

    static string Class(XElement node) => node.Attribute("class")!.Value;

    XDocument Page() => XDocument.Parse(File.ReadAllText(copy[".nuke", "temp", "execution-plan.html"]));

    static IEnumerable<XElement> Nodes(XContainer page) =>
        page.Descendants(Svg + "g").Where(node => node.Attribute("data-target") is not null);
}
