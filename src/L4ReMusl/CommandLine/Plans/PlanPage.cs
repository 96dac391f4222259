using System.Net;

namespace L4ReMusl.CommandLine.Plans;

/// <summary>Renders a plan as one self-contained HTML page without scripts, for light and dark displays.</summary>
/// <param name="plan">The plan.</param>
/// <param name="title">The heading, such as the name of the project.</param>
public sealed class PlanPage(BuildPlan plan, string title)
{
    string Heading => Encode($"{title}: plan of {string.Join(", ", plan.Invoked)}");

    /// <summary>Renders the page, as well-formed XHTML.</summary>
    public string Render() => $"""
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{Heading}</title>
        <style>
        {PlanStyle.Css}
        </style>
        </head>
        <body>
        <h1>{Heading}</h1>
        <p>{plan.Summary}.</p>
        <ul class="legend">
        {string.Concat(Enum.GetValues<PlannedState>().Select(state => $"<li>{Badge(state)}</li>"))}
        <li>— needs the result of</li><li>┄ only comes after</li><li><b>bold</b> asked for</li>
        </ul>
        <div class="graph">
        {new PlanGraph(plan).Render()}
        </div>
        <h2>Order</h2>
        <table>
        <thead><tr><th>#</th><th>Target</th><th>State</th><th>Why</th><th>What it does</th></tr></thead>
        <tbody>
        {string.Concat(plan.Planned.Select(Row))}</tbody>
        </table>
        </body>
        </html>

        """;

    /// <summary>A text escaped for HTML and SVG.</summary>
    internal static string Encode(string text) => WebUtility.HtmlEncode(text);

    static string Badge(PlannedState state) =>
        $"""<span class="state {state.Look().Class}">{state.Look().Sign} {state.Look().Words}</span>""";

    string Row(PlannedTarget target, int index)
    {
        var name = plan.Invoked.Contains(target.Name) ? $"<b>{target.Name}</b>" : target.Name;
        string[] cells = [$"{index + 1}", name, Badge(target.State), Encode(target.Reason), Encode(target.Description)];
        return $"<tr>{string.Concat(cells.Select(cell => $"<td>{cell}</td>"))}</tr>\n";
    }
}
