namespace L4ReMusl.CommandLine.Plans;

/// <summary>Draws the graph of a plan as SVG: one row per target, with the lines in lanes on the left.</summary>
/// <param name="plan">The plan.</param>
sealed class PlanGraph(BuildPlan plan)
{
    // In pixels. LetterWidth is generous for a 14 pixel sans-serif font, because the reader's font is unknown.
    const double Margin = 12, LaneWidth = 22, RowHeight = 34, BoxHeight = 26, Radius = 6, LetterWidth = 8.4, NoteWidth = 150;

    readonly List<PlannedTarget> planned = [.. plan.Planned];
    readonly int[] lanes = LaneLayout.Lanes(plan.Targets.Count, plan.Edges);

    double Left => Margin + (lanes.DefaultIfEmpty().Max() + 1) * LaneWidth;

    double NameWidth => plan.Targets.Select(target => target.Name.Length).DefaultIfEmpty().Max() * LetterWidth + 2 * Margin;

    /// <summary>Renders the graph.</summary>
    public string Render() => $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{Left + NameWidth + NoteWidth + Margin:0.#}"
         height="{plan.Targets.Count * RowHeight}" role="img" aria-label="Graph of {plan.Summary}">
        {string.Concat(plan.Targets.Select(Node))}{string.Concat(plan.Edges.Select(Edge))}</svg>
        """;

    double X(int row) => Margin + (lanes[row] + 0.5) * LaneWidth;

    string Node(PlannedTarget target, int row)
    {
        var (sign, words, style) = target.State.Look();
        var number = planned.IndexOf(target) is >= 0 and var index ? $"{index + 1} · " : "";
        var title = string.Join('\n', new[] { target.Name, target.Description, target.Verdict }.Where(line => line.Length > 0));
        return $"""
            <g class="node {style}{(plan.Invoked.Contains(target.Name) ? " invoked" : "")}" data-target="{target.Name}"
             transform="translate({Left:0.#},{row * RowHeight + (RowHeight - BoxHeight) / 2:0.#})">
            <title>{PlanPage.Encode(title)}</title>
            <rect width="{NameWidth + NoteWidth:0.#}" height="{BoxHeight}" rx="7"/>
            <circle cx="{X(row) - Left:0.#}" cy="{BoxHeight / 2}" r="{Radius}"/>
            <text class="name" x="{Margin}" y="18">{target.Name}</text>
            <text class="note" x="{NameWidth:0.#}" y="17">{number}{sign} {words}</text>
            </g>

            """;
    }

    // Straight down the lane of the first target, then over to the lane of the second just above it.
    string Edge(PlanEdge edge)
    {
        var (from, to) = (plan.Targets[edge.From], plan.Targets[edge.To]);
        var isOutside = from.State == PlannedState.Outside || to.State == PlannedState.Outside;
        var (x1, x2) = (X(edge.From), X(edge.To));
        var (y1, y2) = ((edge.From + 0.5) * RowHeight + Radius, (edge.To + 0.5) * RowHeight - Radius);
        var bend = Math.Max(y1, y2 - RowHeight + 2 * Radius);
        return $"""
            <path class="edge{(edge.IsOrderOnly ? " after" : "")}{(isOutside ? " outside" : "")}"
             data-from="{from.Name}" data-to="{to.Name}"
             d="M{x1:0.#},{y1:0.#} V{bend:0.#} C{x1:0.#},{y2:0.#} {x2:0.#},{bend:0.#} {x2:0.#},{y2:0.#}">
            <title>{to.Name} {(edge.IsOrderOnly ? "comes after" : "needs")} {from.Name}</title>
            </path>

            """;
    }
}
