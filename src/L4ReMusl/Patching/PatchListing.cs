namespace L4ReMusl.Patching;

/// <summary>Shows a series as text.</summary>
public static class PatchListing
{
    const int Width = 100;

    /// <summary>Lists what each patch does, why, and until when it is needed.</summary>
    /// <returns>Lines of at most 100 columns, unless a single word is longer.</returns>
    public static IReadOnlyList<string> Lines(PatchSeries series)
    {
        if (series.Patches.Count == 0)
            return ["No patches."];
        var lines = new List<string>();
        foreach (var (index, patch) in series.Patches.Index())
        {
            lines.AddRange(Wrap($"{index + 1,3}. ", patch.Subject));
            Add("file", patch.FileName);
            Add("CVE", string.Join(' ', patch.Cves));
            Add("reference", patch.Reference);
            Add("until", patch.AppliesUntil);
            Add("why", patch.Why);
        }

        lines.Add($"{series.Patches.Count} patches, {series.Cves.Count} CVEs closed.");
        return lines;

        void Add(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text))
                lines.AddRange(Wrap($"     {name + ":",-11}", text));
        }
    }

    // Breaks a text at spaces, and indents the lines after the first by the length of the lead.
    static IEnumerable<string> Wrap(string lead, string text)
    {
        var line = lead;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > lead.Length && line.Length + word.Length > Width)
            {
                yield return line.TrimEnd();
                line = new string(' ', lead.Length);
            }

            line += word + " ";
        }

        yield return line.TrimEnd();
    }
}
