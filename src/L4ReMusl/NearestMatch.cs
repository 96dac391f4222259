namespace L4ReMusl;

/// <summary>Finds what the user probably meant.</summary>
public static class NearestMatch
{
    /// <summary>The candidate with the fewest letters to insert, delete or replace, if that is less than half of the word.</summary>
    /// <returns>The candidate, or <see langword="null"/> if none is near.</returns>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        var nearest = candidates.MinBy(candidate => Distance(word, candidate));
        return nearest is not null && Distance(word, nearest) * 2 <= word.Length ? nearest : null;
    }

    // Levenshtein's distance, one row of the table at a time.
    static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j - 1], row[j]) + 1);
            }
        }

        return row[^1];
    }
}
