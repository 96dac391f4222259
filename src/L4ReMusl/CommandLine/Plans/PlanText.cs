using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine.Plans;

/// <summary>Shows a plan in a terminal: the order with reasons, and the graph.</summary>
/// <param name="plan">The plan.</param>
public sealed class PlanText(BuildPlan plan)
{
    /// <summary>Renders the plan.</summary>
    /// <param name="width">The width of the terminal, in characters.</param>
    public string Render(int width = 100)
    {
        var lines = new List<string>();
        lines.AddRange(TextLayout.Wrap($"Plan of {string.Join(' ', plan.Invoked)} ({plan.Summary})", width));
        lines.AddRange(["", "Order"]);
        var number = plan.Targets.Count.ToString().Length;
        var label = plan.Targets.Select(target => target.Name.Length).DefaultIfEmpty().Max();
        for (var i = 0; i < plan.Targets.Count; i++)
        {
            var target = plan.Targets[i];
            var head = $"  {(i + 1).ToString().PadLeft(number)}  {BuildPlan.Sign(target.State)} {target.Name.PadRight(label)}";
            lines.AddRange(TextLayout.Row(head, head.Length + 2, target.Verdict, width));
        }

        lines.AddRange(["", .. TextLayout.Wrap("Graph (each target runs after those above that its lines lead to)", width)]);
        lines.AddRange(new LaneDrawing(plan).Render(width - 2)?.Select(line => $"  {line}".TrimEnd()) ?? Needs(width));
        lines.AddRange(["", "  " + string.Join("   ", Enum.GetValues<PlannedState>().Select(state =>
            $"{BuildPlan.Sign(state)} {BuildPlan.Describe(state)}"))]);
        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }

    // For a terminal that is too narrow for lines.
    IEnumerable<string> Needs(int width) => plan.Targets.SelectMany((target, to) =>
    {
        var edges = plan.Edges.Where(edge => edge.To == to && !edge.IsOrderOnly);
        var needed = edges.Select(edge => plan.Targets[edge.From].Name).ToList();
        var text = $"{target.Name} {(needed.Count > 0 ? $"needs {string.Join(", ", needed)}" : "needs nothing")}";
        return TextLayout.Row($"  {BuildPlan.Sign(target.State)}", 5, text, width);
    });
}
