using System.Text.RegularExpressions;

namespace L4ReMusl.Patching;

/// <summary>The text of a patch, of which only the hunks and their line numbers matter.</summary>
/// <param name="text">The whole file, header and unified diff.</param>
public sealed partial class PatchText(string text)
{
    readonly string[] lines = text.Split('\n');

    /// <summary>The number of the hunk that begins at a line of a file; <see langword="null"/> if there is none.</summary>
    public int? HunkAt(string file, int oldLine) =>
        Hunks().FirstOrDefault(hunk => hunk.File == file && hunk.OldLine == oldLine)?.Number;

    /// <summary>The same patch, with the line numbers of some hunks changed.</summary>
    public string Moved(IReadOnlyList<HunkMove> moves)
    {
        var moved = (string[])lines.Clone();
        foreach (var hunk in Hunks())
        {
            if (moves.FirstOrDefault(move => move.File == hunk.File && move.Hunk == hunk.Number) is { } move)
                moved[hunk.Index] = Head().Replace(lines[hunk.Index], match => Shifted(match, move.Lines), 1);
        }

        return string.Join('\n', moved);
    }

    /// <summary>The lines that the patch removes and adds, in order, each with its file.</summary>
    public IReadOnlyList<string> Changes()
    {
        var hunks = Hunks().ToList();
        return [.. hunks.SelectMany(hunk => lines[(hunk.Index + 1)..].TakeWhile(line => !IsBetween(line))
            .Where(line => line.StartsWith('+') || line.StartsWith('-'))
            .Select(line => $"{hunk.File}: {line}"))];
    }

    static bool IsBetween(string line) =>
        line.StartsWith("@@ ", StringComparison.Ordinal) || line.StartsWith("diff ", StringComparison.Ordinal);

    IEnumerable<Hunk> Hunks()
    {
        var (file, number) = ("", 0);
        foreach (var (index, line) in lines.Index())
        {
            // The name follows the prefix. If a file is deleted, only its old name is there.
            if (line.StartsWith("--- a/", StringComparison.Ordinal) || line.StartsWith("+++ b/", StringComparison.Ordinal))
                (file, number) = (line["--- a/".Length..].TrimEnd('\t'), 0);
            else if (Head().Match(line) is { Success: true } match)
                yield return new Hunk(file, ++number, int.Parse(match.Groups[1].Value), index);
        }
    }

    static string Shifted(Match head, int lines)
    {
        var (from, to) = (int.Parse(head.Groups[1].Value) + lines, int.Parse(head.Groups[3].Value) + lines);
        return $"@@ -{from}{head.Groups[2]} +{to}{head.Groups[4]} @@";
    }

    [GeneratedRegex(@"^@@ -(\d+)((?:,\d+)?) \+(\d+)((?:,\d+)?) @@")]
    private static partial Regex Head();

    sealed record Hunk(string File, int Number, int OldLine, int Index);
}
