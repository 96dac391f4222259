using System.Xml.Linq;

namespace L4ReMusl.CommandLine.Plans;

/// <summary>Shows a plan as one HTML page that needs nothing else: no network, no script, light and dark.</summary>
/// <param name="plan">The plan.</param>
/// <param name="title">The heading, such as the name of the project.</param>
public sealed class PlanPage(BuildPlan plan, string title)
{
    static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";
    static readonly string[] Columns = ["#", "Target", "State", "Why", "What it does"];

    /// <summary>Renders the page, as well-formed XHTML.</summary>
    public string Render()
    {
        var page = new XElement(Html + "html", new XAttribute("lang", "en"),
            new XElement(Html + "head",
                new XElement(Html + "meta", new XAttribute("charset", "utf-8")),
                Meta("viewport", "width=device-width, initial-scale=1"),
                Meta("color-scheme", "light dark"),
                new XElement(Html + "title", Heading),
                new XElement(Html + "style", PlanStyle.Css)),
            new XElement(Html + "body",
                new XElement(Html + "h1", Heading),
                new XElement(Html + "p", $"{plan.Summary}."),
                Legend(),
                new XElement(Html + "div", new XAttribute("class", "graph"), PlanGraph.Draw(plan)),
                new XElement(Html + "h2", "Order"),
                Table()));
        return $"<!DOCTYPE html>\n{page.ToString(SaveOptions.DisableFormatting)}\n";
    }

    string Heading => $"{title}: plan of {string.Join(", ", plan.Invoked)}";

    static XElement Meta(string name, string content) =>
        new(Html + "meta", new XAttribute("name", name), new XAttribute("content", content));

    static XElement Legend() => new(Html + "ul", new XAttribute("class", "legend"),
        Enum.GetValues<PlannedState>().Select(state => new XElement(Html + "li", State(state))),
        new XElement(Html + "li", new XElement(Html + "span", new XAttribute("class", "line"), "—"), " needs the result of"),
        new XElement(Html + "li", new XElement(Html + "span", new XAttribute("class", "line"), "┄"), " only comes after"),
        new XElement(Html + "li", new XElement(Html + "b", "bold"), " asked for"));

    XElement Table() => new(Html + "table",
        new XElement(Html + "thead", new XElement(Html + "tr",
            Columns.Select(text => new XElement(Html + "th", text)))),
        new XElement(Html + "tbody", plan.Targets.Select((target, index) => new XElement(Html + "tr",
            new XElement(Html + "td", index + 1),
            new XElement(Html + "td", plan.Invoked.Contains(target.Name) ? new XElement(Html + "b", target.Name) : target.Name),
            new XElement(Html + "td", State(target.State)),
            new XElement(Html + "td", target.Reason),
            new XElement(Html + "td", target.Description)))));

    static XElement State(PlannedState state) => new(Html + "span",
        new XAttribute("class", $"state {PlanStyle.ClassOf(state)}"), $"{BuildPlan.Sign(state)} {BuildPlan.Describe(state)}");
}
