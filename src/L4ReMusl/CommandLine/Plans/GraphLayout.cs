namespace L4ReMusl.CommandLine.Plans;

/// <summary>A target in a drawing.</summary>
/// <param name="Target">Its position in the plan.</param>
/// <param name="X">The left edge, in pixels.</param>
/// <param name="Y">The upper edge, in pixels.</param>
sealed record DrawnNode(int Target, double X, double Y);

/// <summary>A line in a drawing.</summary>
/// <param name="Edge">The line in the plan.</param>
/// <param name="Sections">Its sections, from top to bottom, in pixels; where one ends, the next begins further down.</param>
sealed record DrawnEdge(PlanEdge Edge, IReadOnlyList<(double X1, double Y1, double X2, double Y2)> Sections);

/// <summary>Where everything lies in the drawing of a plan, in pixels.</summary>
sealed class GraphLayout
{
    public const double NodeHeight = 46;
    const double LayerGap = 44;
    const double Margin = 12;
    const double Spacing = 26;
    const double BendWidth = 10;
    const int Relaxations = 24;

    readonly LayeredGraph graph;

    /// <summary>Lays out <paramref name="plan"/> with nodes of <paramref name="nodeWidth"/> pixels.</summary>
    public GraphLayout(BuildPlan plan, double nodeWidth)
    {
        NodeWidth = nodeWidth;
        graph = new LayeredGraph(plan);
        PlaceColumns();
        var all = graph.Layers.SelectMany(layer => layer).ToList();
        Width = all.Select(v => v.X + WidthOf(v) / 2).DefaultIfEmpty().Max() + Margin;
        Height = Top(graph.Layers.Count) - LayerGap + Margin;
        Nodes = [.. all.Where(v => v.Target is not null).OrderBy(v => v.Target)
            .Select(v => new DrawnNode(v.Target!.Value, v.X - NodeWidth / 2, Top(v.Layer)))];
        Edges = [.. graph.Routes.Select(route => new DrawnEdge(route.Edge, [.. Sections(route.Vertices)]))];
    }

    public double NodeWidth { get; }

    public double Width { get; }

    public double Height { get; }

    public IReadOnlyList<DrawnNode> Nodes { get; }

    public IReadOnlyList<DrawnEdge> Edges { get; }

    static double Top(int layer) => Margin + layer * (NodeHeight + LayerGap);

    double WidthOf(LayeredVertex vertex) => vertex.Target is null ? BendWidth : NodeWidth;

    // Moves each vertex to the middle of its neighbours as far as the others in its layer allow, down and up in turn.
    void PlaceColumns()
    {
        foreach (var layer in graph.Layers)
            Settle(layer, [.. layer.Select((_, index) => index * (NodeWidth + Spacing))]);
        for (var i = 0; i < Relaxations; i++)
        {
            var isDown = i % 2 == 0;
            foreach (var layer in isDown ? graph.Layers : graph.Layers.Reverse())
            {
                Settle(layer, [.. layer.Select(vertex =>
                {
                    var neighbours = isDown ? vertex.Above : vertex.Below;
                    return neighbours.Count > 0 ? neighbours.Average(n => n.X) : vertex.X;
                })]);
            }
        }

        var all = graph.Layers.SelectMany(layer => layer).ToList();
        var left = all.Select(v => v.X - WidthOf(v) / 2).DefaultIfEmpty().Min();
        foreach (var vertex in all)
            vertex.X += Margin - left;
    }

    // Between the two extremes, pushed to the right and pushed to the left, lies a place that is fair to all.
    void Settle(List<LayeredVertex> layer, double[] wished)
    {
        var (right, left) = ((double[])[.. wished], (double[])[.. wished]);
        for (var i = 1; i < layer.Count; i++)
            right[i] = Math.Max(right[i], right[i - 1] + Distance(layer[i - 1], layer[i]));
        for (var i = layer.Count - 2; i >= 0; i--)
            left[i] = Math.Min(left[i], left[i + 1] - Distance(layer[i], layer[i + 1]));
        for (var i = 0; i < layer.Count; i++)
            layer[i].X = (right[i] + left[i]) / 2;
    }

    double Distance(LayeredVertex one, LayeredVertex other) => (WidthOf(one) + WidthOf(other)) / 2 + Spacing;

    IEnumerable<(double X1, double Y1, double X2, double Y2)> Sections(IReadOnlyList<LayeredVertex> route)
    {
        foreach (var (upper, lower) in route.Zip(route.Skip(1)))
        {
            var (bottom, top) = (Top(upper.Layer) + NodeHeight, Top(lower.Layer));
            yield return (upper.X + Port(upper, upper.Below, lower), bottom, lower.X + Port(lower, lower.Above, upper), top);
        }
    }

    // Lines leave and reach a node side by side, in the order of where they go to.
    double Port(LayeredVertex vertex, List<LayeredVertex> neighbours, LayeredVertex neighbour)
    {
        if (vertex.Target is null)
            return 0;
        var rank = neighbours.OrderBy(other => other.X).ToList().IndexOf(neighbour);
        var step = Math.Min(18, (NodeWidth - 40) / Math.Max(1, neighbours.Count - 1));
        return (rank - (neighbours.Count - 1) / 2.0) * step;
    }
}
