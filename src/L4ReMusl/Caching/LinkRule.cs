namespace L4ReMusl.Caching;

/// <summary>
/// The rule for the symbolic links of a result: they lead to places in it, whatever links they pass on the way. Who follows
/// one neither reads nor writes anything of the machine's own.
/// </summary>
static class LinkRule
{
    const int MaximumHops = 40; // As in Linux, path_resolution(7): after so many, opening the link fails.

    /// <summary>Finds a link that leads out.</summary>
    /// <param name="links">The targets of all links, by their paths below the root.</param>
    /// <returns>The path of such a link; <see langword="null"/> if there is none.</returns>
    public static string? Violation(IReadOnlyDictionary<string, string> links) =>
        links.Keys.FirstOrDefault(link => Leaves(link, links));

    static bool Leaves(string link, IReadOnlyDictionary<string, string> links)
    {
        var place = link.Split('/')[..^1].ToList();
        var steps = new Stack<string>();
        var target = links[link];
        for (var hops = 0; hops < MaximumHops; hops++)
        {
            if (target.Length == 0 || target.StartsWith('/'))
                return true;
            foreach (var step in target.Split('/').Reverse())
                steps.Push(step);
            if (!Walk(place, steps, links))
                return true;
            if (steps.Count == 0 && !links.ContainsKey(string.Join('/', place)))
                return false;
            target = links[string.Join('/', place)];
            place.RemoveAt(place.Count - 1);
        }

        return false;
    }

    // Goes on to the end, or to a link. Returns false if the way leads out of the tree.
    static bool Walk(List<string> place, Stack<string> steps, IReadOnlyDictionary<string, string> links)
    {
        while (steps.TryPop(out var step))
        {
            if (step is "" or ".")
                continue;
            if (step != "..")
                place.Add(step);
            else if (place.Count == 0)
                return false;
            else
                place.RemoveAt(place.Count - 1);
            if (step != ".." && links.ContainsKey(string.Join('/', place)))
                return true;
        }

        return true;
    }
}
