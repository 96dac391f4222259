namespace L4ReMusl.CommandLine.Plans;

/// <summary>
/// Where a graph lies in a drawing with a row for each target: from each, a line runs down a lane of its own as far as the last
/// target that needs it; those to the others branch off.
/// </summary>
static class LaneLayout
{
    /// <summary>The lane of each target.</summary>
    /// <param name="count">The number of targets.</param>
    /// <param name="edges">The lines; all lead down.</param>
    public static int[] Lanes(int count, IReadOnlyList<PlanEdge> edges)
    {
        var lanes = new int[count];
        var ends = Enumerable.Range(0, count).ToArray();
        foreach (var edge in edges)
            ends[edge.From] = Math.Max(ends[edge.From], edge.To);
        for (var row = 0; row < count; row++)
        {
            // The lane of a target whose line ends here, so that chains run straight down; else the first free one.
            var taken = Enumerable.Range(0, row).Where(i => ends[i] > row).Select(i => lanes[i]);
            var free = Enumerable.Range(0, count).Except(taken).First();
            var ending = edges.Where(edge => edge.To == row && ends[edge.From] == row);
            lanes[row] = ending.Select(edge => lanes[edge.From]).DefaultIfEmpty(free).Min();
        }

        return lanes;
    }
}
