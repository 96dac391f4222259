using System.Globalization;
using System.Xml.Linq;

namespace L4ReMusl.CommandLine.Plans;

/// <summary>Draws a plan as SVG.</summary>
static class PlanGraph
{
    const double WidthOfLetter = 8.4; // Generous for a 14 pixel sans-serif font, because nobody knows which one the reader has.
    const double NarrowestNode = 130;

    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws <paramref name="plan"/>.</summary>
    public static XElement Draw(BuildPlan plan)
    {
        var longest = plan.Targets.Select(target => target.Name.Length).DefaultIfEmpty().Max();
        var layout = new GraphLayout(plan, Math.Max(NarrowestNode, longest * WidthOfLetter + 28));
        return new XElement(Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Number(layout.Width)} {Number(layout.Height)}"),
            new XAttribute("width", Number(layout.Width)),
            new XAttribute("height", Number(layout.Height)),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", $"Graph of {plan.Summary}"),
            new XElement(Svg + "defs", new XElement(Svg + "marker",
                Attributes(("id", "arrow"), ("viewBox", "0 0 8 8"), ("refX", "7"), ("refY", "4"),
                    ("markerUnits", "userSpaceOnUse"), ("markerWidth", "9"), ("markerHeight", "9"), ("orient", "auto")),
                new XElement(Svg + "path", new XAttribute("class", "head"), new XAttribute("d", "M0,0 L8,4 L0,8 Z")))),
            layout.Edges.Select(edge => Edge(plan, edge)),
            layout.Nodes.Select(node => Node(plan, node, layout.NodeWidth)));
    }

    static XElement Edge(BuildPlan plan, DrawnEdge edge)
    {
        var (from, to) = (plan.Targets[edge.Edge.From].Name, plan.Targets[edge.Edge.To].Name);
        return new XElement(Svg + "path",
            Attributes(("class", edge.Edge.IsOrderOnly ? "edge after" : "edge"), ("data-from", from), ("data-to", to),
                ("d", string.Join(' ', edge.Sections.Select(Section))), ("marker-end", "url(#arrow)")),
            new XElement(Svg + "title", edge.Edge.IsOrderOnly ? $"{to} comes after {from}" : $"{to} needs {from}"));
    }

    static string Section((double X1, double Y1, double X2, double Y2) section, int index)
    {
        var (x1, y1, x2, y2) = section;
        var middle = (y1 + y2) / 2;
        return $"{(index == 0 ? 'M' : 'L')}{Number(x1)},{Number(y1)} "
            + $"C{Number(x1)},{Number(middle)} {Number(x2)},{Number(middle)} {Number(x2)},{Number(y2)}";
    }

    static XElement Node(BuildPlan plan, DrawnNode node, double width)
    {
        var target = plan.Targets[node.Target];
        var invoked = plan.Invoked.Contains(target.Name) ? " invoked" : "";
        return new XElement(Svg + "g",
            Attributes(("class", $"node {PlanStyle.ClassOf(target.State)}{invoked}"), ("data-target", target.Name),
                ("transform", $"translate({Number(node.X)},{Number(node.Y)})")),
            new XElement(Svg + "title",
                string.Join("\n", new[] { target.Name, target.Description, target.Verdict }.Where(line => line.Length > 0))),
            new XElement(Svg + "rect",
                Attributes(("width", Number(width)), ("height", Number(GraphLayout.NodeHeight)), ("rx", "8"))),
            new XElement(Svg + "text",
                Attributes(("class", "name"), ("x", Number(width / 2)), ("y", "20")), target.Name),
            new XElement(Svg + "text",
                Attributes(("class", "note"), ("x", Number(width / 2)), ("y", "36")),
                $"{node.Target + 1} · {BuildPlan.Sign(target.State)} {BuildPlan.Describe(target.State)}"));
    }

    static IEnumerable<XAttribute> Attributes(params (string Name, string Value)[] attributes) =>
        attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value));

    static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
