using System.Text;

namespace L4ReMusl.CommandLine.Plans;

/// <summary>
/// Draws a plan with characters: one target a line in the order of execution, and lanes from each to those that need it.
/// </summary>
/// <remarks>
/// Lines that follow from others (A to C, where A to B and B to C are there) are left out; the picture says the same.
/// </remarks>
sealed class LaneDrawing
{
    const int Free = -1;

    // By connections: 1 up, 2 down, 4 left, 8 right.
    const string Corners = " │││─┘┐┤─└┌├─┴┬┼";

    readonly BuildPlan plan;
    readonly ILookup<int, int> needs;
    readonly int[] lastUse;
    readonly List<int> lanes = [];

    /// <summary>Prepares the drawing of <paramref name="plan"/>.</summary>
    public LaneDrawing(BuildPlan plan)
    {
        this.plan = plan;
        var edges = WithoutImplied([.. plan.Edges.Where(edge => !edge.IsOrderOnly)]).ToList();
        needs = edges.ToLookup(edge => edge.To, edge => edge.From);
        var uses = edges.ToLookup(edge => edge.From, edge => edge.To);
        lastUse = [.. plan.Targets.Select((_, i) => uses[i].DefaultIfEmpty(Free).Max())];
    }

    /// <summary>Draws the graph, or returns <see langword="null"/> if <paramref name="width"/> is too narrow for it.</summary>
    public IReadOnlyList<string>? Render(int width)
    {
        lanes.Clear();
        var lines = new List<string>();
        for (var i = 0; i < plan.Targets.Count; i++)
        {
            var before = lanes.ToArray();
            var sources = needs[i].Select(need => Array.IndexOf(before, need)).ToHashSet();
            EndLanes(i);
            var lane = TakeLane(i, sources);
            if (i > 0)
                lines.Add(Joints(before, sources, lane));
            lines.Add(Node(i, lane));
            if (lastUse[i] == Free)
                lanes[lane] = Free;
        }

        return lines.Any(line => line.Length > width) ? null : lines;
    }

    static IEnumerable<PlanEdge> WithoutImplied(IReadOnlyList<PlanEdge> edges)
    {
        var next = edges.ToLookup(edge => edge.From, edge => edge.To);
        return edges.Where(edge => !next[edge.From].Any(via => via != edge.To && Reaches(via, edge.To)));

        bool Reaches(int from, int to) => from == to || (from < to && next[from].Any(step => Reaches(step, to)));
    }

    void EndLanes(int target)
    {
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            if (lanes[lane] != Free && lastUse[lanes[lane]] <= target)
                lanes[lane] = Free;
        }
    }

    // The lane of a target that ends here, so that chains run straight down; else the first free one.
    int TakeLane(int target, HashSet<int> sources)
    {
        var lane = sources.Where(source => lanes[source] == Free).DefaultIfEmpty(lanes.IndexOf(Free)).Min();
        if (lane == Free)
        {
            lane = lanes.Count;
            lanes.Add(Free);
        }

        lanes[lane] = target;
        return lane;
    }

    string Joints(int[] before, HashSet<int> sources, int node)
    {
        var touched = sources.Append(node).ToList();
        var (first, last) = sources.Count > 0 ? (touched.Min(), touched.Max()) : (node, node);
        var line = new StringBuilder();
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var up = lane < before.Length && before[lane] != Free && (sources.Contains(lane) || before[lane] == lanes[lane]);
            var down = lane == node ? sources.Count > 0 : lanes[lane] != Free;
            var isInside = lane >= first && lane <= last;
            var isTouched = sources.Contains(lane) || lane == node;
            // A lane that only crosses keeps its line, so that it does not look joined.
            var sideways = isTouched || !(up && down);
            var left = isInside && sideways && lane > first;
            var right = isInside && sideways && lane < last;
            line.Append(Corners[(up ? 1 : 0) + (down ? 2 : 0) + (left ? 4 : 0) + (right ? 8 : 0)]);
            line.Append(lane >= first && lane < last ? '─' : ' ');
        }

        return line.ToString().TrimEnd();
    }

    string Node(int target, int node)
    {
        var line = new StringBuilder();
        for (var lane = 0; lane < lanes.Count; lane++)
            line.Append(lane == node ? BuildPlan.Sign(plan.Targets[target].State) : lanes[lane] == Free ? ' ' : '│').Append(' ');
        return $"{line.ToString().TrimEnd()} {plan.Targets[target].Name}";
    }
}
