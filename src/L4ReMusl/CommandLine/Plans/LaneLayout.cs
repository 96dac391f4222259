namespace L4ReMusl.CommandLine.Plans;

/// <summary>
/// Lays out a graph with one row per target: each target has a lane, in which its line runs down to the last target that
/// needs it; lines to the other targets branch off.
/// </summary>
static class LaneLayout
{
    /// <summary>The lane of each target.</summary>
    /// <param name="count">The number of targets.</param>
    /// <param name="edges">The lines, all of which lead down.</param>
    public static int[] Lanes(int count, IReadOnlyList<PlanEdge> edges)
    {
        var lanes = new int[count];
        var ends = Enumerable.Range(0, count).ToArray();
        foreach (var edge in edges)
            ends[edge.From] = Math.Max(ends[edge.From], edge.To);
        for (var row = 0; row < count; row++)
        {
            // Reuse the lane of a line that ends here, so that chains run straight down; otherwise take the first free one.
            var taken = Enumerable.Range(0, row).Where(i => ends[i] > row).Select(i => lanes[i]);
            var free = Enumerable.Range(0, count).Except(taken).First();
            var ending = edges.Where(edge => edge.To == row && ends[edge.From] == row);
            lanes[row] = ending.Select(edge => lanes[edge.From]).DefaultIfEmpty(free).Min();
        }

        return lanes;
    }
}
