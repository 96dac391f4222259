namespace L4ReMusl.CommandLine.Plans;

/// <summary>A place in a layered drawing: a target, or a bend of a line that passes a layer.</summary>
/// <param name="target">The target's position in the plan; <see langword="null"/> for a bend.</param>
/// <param name="layer">The layer, counted from the top.</param>
sealed class LayeredVertex(int? target, int layer)
{
    public int? Target { get; } = target;

    public int Layer { get; } = layer;

    public List<LayeredVertex> Above { get; } = [];

    public List<LayeredVertex> Below { get; } = [];

    /// <summary>The centre, in pixels.</summary>
    public double X { get; set; }
}

/// <summary>
/// A plan cut into layers, after Sugiyama's method: a target's layer is the longest way to it from a target that needs nothing;
/// lines over several layers get a bend in each; neighbours are ordered so that few lines cross.
/// </summary>
sealed class LayeredGraph
{
    const int Sweeps = 12;

    /// <summary>Cuts and orders <paramref name="plan"/>.</summary>
    public LayeredGraph(BuildPlan plan)
    {
        var layerOf = new int[plan.Targets.Count];
        foreach (var edge in plan.Edges) // Ordered by their ends, and a plan's order has no line that goes up.
            layerOf[edge.To] = Math.Max(layerOf[edge.To], layerOf[edge.From] + 1);
        var vertices = layerOf.Select((layer, target) => new LayeredVertex(target, layer)).ToArray();
        var layers = Enumerable.Range(0, layerOf.DefaultIfEmpty(-1).Max() + 1);
        Layers = [.. layers.Select(layer => vertices.Where(vertex => vertex.Layer == layer).ToList())];
        Routes = [.. plan.Edges.Select(edge => (edge, Route(vertices[edge.From], vertices[edge.To])))];
        ReduceCrossings();
    }

    /// <summary>The vertices of each layer, from left to right.</summary>
    public IReadOnlyList<List<LayeredVertex>> Layers { get; }

    /// <summary>Each line with the vertices that it runs through, ends included.</summary>
    public IReadOnlyList<(PlanEdge Edge, IReadOnlyList<LayeredVertex> Vertices)> Routes { get; }

    List<LayeredVertex> Route(LayeredVertex from, LayeredVertex to)
    {
        var passed = Enumerable.Range(from.Layer + 1, to.Layer - from.Layer - 1);
        var bends = passed.Select(layer => new LayeredVertex(null, layer)).ToList();
        foreach (var bend in bends)
            Layers[bend.Layer].Add(bend);
        List<LayeredVertex> route = [from, .. bends, to];
        foreach (var (upper, lower) in route.Zip(route.Skip(1)))
        {
            upper.Below.Add(lower);
            lower.Above.Add(upper);
        }

        return route;
    }

    // Sorts each layer by the mean position of its neighbours, down and up in turn, and keeps the best order seen.
    void ReduceCrossings()
    {
        var best = Snapshot();
        var fewest = Crossings();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var isDown = sweep % 2 == 0;
            foreach (var layer in isDown ? Layers.Skip(1) : Layers.Reverse().Skip(1))
                Sort(layer, isDown);
            if (Crossings() is var crossings && crossings < fewest)
                (best, fewest) = (Snapshot(), crossings);
        }

        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].Clear();
            Layers[i].AddRange(best[i]);
        }
    }

    LayeredVertex[][] Snapshot() => [.. Layers.Select(layer => layer.ToArray())];

    void Sort(List<LayeredVertex> layer, bool byAbove)
    {
        var sorted = layer.Select((vertex, index) =>
        {
            var neighbours = byAbove ? vertex.Above : vertex.Below;
            return (Vertex: vertex, Key: neighbours.Count > 0 ? neighbours.Average(PositionOf) : index);
        }).OrderBy(entry => entry.Key).Select(entry => entry.Vertex).ToList();
        layer.Clear();
        layer.AddRange(sorted);
    }

    int PositionOf(LayeredVertex vertex) => Layers[vertex.Layer].IndexOf(vertex);

    int Crossings() => Layers.Sum(layer =>
    {
        var lines = layer.SelectMany((vertex, x) => vertex.Below.Select(lower => (Upper: x, Lower: PositionOf(lower)))).ToList();
        return lines.Sum(one => lines.Count(other => one.Upper < other.Upper && one.Lower > other.Lower));
    });
}
