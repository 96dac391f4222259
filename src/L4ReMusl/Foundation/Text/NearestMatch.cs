namespace L4ReMusl.Foundation.Text;

/// <summary>Finds what a user probably meant.</summary>
public static class NearestMatch
{
    const int ShortestPrefix = 3;

    /// <summary>Finds the candidate that <paramref name="typed"/> is a misspelling or the beginning of.</summary>
    /// <returns>The nearest one, or <see langword="null"/> if all are too different to suggest.</returns>
    public static string? Find(string typed, IEnumerable<string> candidates)
    {
        var input = Normalise(typed);
        var all = candidates.Select(name => (Name: name, Key: Normalise(name))).ToList();
        var nearest = all
            .Select(candidate => (candidate.Name, candidate.Key, Distance: Distance(input, candidate.Key)))
            .Where(candidate => candidate.Distance <= CutOff(input, candidate.Key)
                && candidate.Distance < Math.Max(input.Length, candidate.Key.Length)) // They have something in common.
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
        return nearest ?? Completion(input, all);
    }

    /// <summary>A question to append to an error: <c> Did you mean 'arm64'?</c>, with a leading space; or nothing.</summary>
    public static string Question(string typed, IEnumerable<string> candidates) =>
        Find(typed, candidates) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>
    /// The number of insertions, deletions, substitutions and swaps of neighbours that turn one text into another: the
    /// Damerau-Levenshtein distance in its restricted form (optimal string alignment), in which no part is edited twice.
    /// </summary>
    public static int Distance(string one, string other)
    {
        var d = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var substitution = d[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(substitution, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[one.Length, other.Length];
    }

    // A third of the letters may be wrong, but not so many that the names are unrelated.
    static int CutOff(string one, string other) => Math.Clamp(Math.Max(one.Length, other.Length) / 3, 1, 4);

    static string? Completion(string input, IReadOnlyList<(string Name, string Key)> candidates)
    {
        var completions = candidates.Where(c => input.Length > 0 && c.Key.StartsWith(input, StringComparison.Ordinal)).ToList();
        return completions.Count == 1 || (completions.Count > 1 && input.Length >= ShortestPrefix)
            ? completions.MinBy(c => c.Key.Length).Name
            : null;
    }

    static string Normalise(string name) => ParameterName.WithoutDashes(name).ToLowerInvariant();
}
