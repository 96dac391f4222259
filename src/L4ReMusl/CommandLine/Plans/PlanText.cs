using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine.Plans;

/// <summary>Renders a plan for a terminal: the order with reasons, and the graph.</summary>
/// <param name="plan">The plan.</param>
public sealed class PlanText(BuildPlan plan)
{
    // The sides of a cell that its lines connect. Without a joint, lines only cross.
    const int Up = 1, Down = 2, Left = 4, Right = 8, Joint = 16;
    const string Corners = " │││─┘┐┤─└┌├─┴┬┼";

    /// <summary>Renders the plan.</summary>
    /// <param name="width">The width of the terminal, in characters.</param>
    /// <param name="isColoured">Whether to dim targets outside the run.</param>
    public string Render(int width = 100, bool isColoured = false)
    {
        var lines = new List<string>();
        lines.AddRange(TextLayout.Wrap($"Plan of {string.Join(' ', plan.Invoked)} ({plan.Summary})", width));
        lines.AddRange(["", "Order"]);
        var number = plan.Planned.Count.ToString().Length;
        var label = plan.Planned.Select(target => target.Name.Length).DefaultIfEmpty().Max();
        foreach (var (index, target) in plan.Planned.Index())
        {
            var head = $"  {(index + 1).ToString().PadLeft(number)}  {target.State.Look().Sign} {target.Name.PadRight(label)}";
            lines.AddRange(TextLayout.Row(head, head.Length + 2, target.Verdict, width));
        }

        var graph = Graph().ToList();
        if (graph.Exists(line => line.Length > width))
            graph = [.. plan.Targets.SelectMany(target => InWords(target, width))];
        var (sign, words, _) = PlannedState.Outside.Look();
        var heading = $"Graph (each target runs after those above that its lines lead to; {sign} is {words})";
        lines.AddRange(["", .. TextLayout.Wrap(heading, width), .. isColoured ? graph.Select(Dim) : graph]);
        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }

    static string Dim(string line)
    {
        var start = line.IndexOf(PlannedState.Outside.Look().Sign, StringComparison.Ordinal);
        return start < 0 ? line : $"{line[..start]}\e[2m{line[start..]}\e[22m";
    }

    // For a terminal that is too narrow for the drawing.
    IEnumerable<string> InWords(PlannedTarget target, int width)
    {
        var needed = target.Dependencies.Intersect(plan.Targets.Select(other => other.Name)).DefaultIfEmpty("nothing");
        return TextLayout.Row($"  {target.State.Look().Sign}", 5, $"{target.Name} needs {string.Join(", ", needed)}", width);
    }

    // Two rows of cells per target: the joints above it, and the target itself.
    IEnumerable<string> Graph()
    {
        var edges = Essential();
        var lanes = LaneLayout.Lanes(plan.Targets.Count, edges);
        var cells = Enumerable.Range(0, 2 * lanes.Length).Select(_ => new int[lanes.Max() + 1]).ToList();
        foreach (var edge in edges)
        {
            var (from, to, joints) = (lanes[edge.From], lanes[edge.To], cells[2 * edge.To]);
            foreach (var passed in cells[(2 * edge.From + 2)..(2 * edge.To)])
                passed[from] |= Up | Down;
            joints[from] |= Up | Joint;
            joints[to] |= Down | Joint;
            for (var lane = Math.Min(from, to); lane < Math.Max(from, to); lane++)
                (joints[lane], joints[lane + 1]) = (joints[lane] | Right, joints[lane + 1] | Left);
        }

        foreach (var (row, target) in plan.Targets.Index())
        {
            if (cells[2 * row].Any(cell => (cell & Joint) != 0))
                yield return Line(cells[2 * row]).TrimEnd();
            var (line, column) = (Line(cells[2 * row + 1]), 2 * lanes[row] + 2);
            yield return $"{line[..column]}{target.State.Look().Sign}{line[(column + 1)..].TrimEnd()} {target.Name}";
        }
    }

    static string Line(int[] cells) => "  " + string.Concat(cells.Select(cell =>
        $"{((cell & (Up | Down | Joint)) == (Up | Down) ? '│' : Corners[cell & ~Joint])}{((cell & Right) != 0 ? '─' : ' ')}"));

    // Leaves out lines that others imply (A to C, if there are A to B and B to C).
    List<PlanEdge> Essential()
    {
        var next = plan.Edges.Where(edge => !edge.IsOrderOnly).ToLookup(edge => edge.From);
        return [.. next.SelectMany(x => x).Where(edge => !next[edge.From].Any(via => via != edge && Leads(via.To, edge.To)))];

        bool Leads(int from, int to) => from == to || (from < to && next[from].Any(edge => Leads(edge.To, to)));
    }
}
