namespace L4ReMusl.Foundation.Text;

/// <summary>Arranges text for a terminal.</summary>
static class TextLayout
{
    const int NarrowestText = 20;
    const int NarrowTerminalColumn = 8;

    /// <summary>Breaks <paramref name="text"/> at spaces into lines of at most <paramref name="width"/> characters.</summary>
    /// <remarks>A word that is longer gets a separate line.</remarks>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
            yield return line;
    }

    /// <summary>Wrapped text that begins at <paramref name="column"/>.</summary>
    public static IEnumerable<string> Indented(string text, int column, int width) =>
        Wrap(text, Math.Max(NarrowestText, width - column)).Select(line => new string(' ', column) + line);

    /// <summary>A label with text beside it, wrapped to keep its column.</summary>
    /// <remarks>A label that is too long gets a separate line.</remarks>
    /// <param name="label">The label, indentation included.</param>
    /// <param name="column">Where the text begins.</param>
    /// <param name="text">The text.</param>
    /// <param name="width">The width of the terminal.</param>
    public static IEnumerable<string> Row(string label, int column, string text, int width)
    {
        if (width - column < NarrowestText)
            column = NarrowTerminalColumn;
        var lines = Indented(text, column, width).ToList();
        if (label.Length + 2 <= column && lines.Count > 0)
            lines[0] = label + lines[0][label.Length..];
        else
            lines.Insert(0, label);
        return lines;
    }
}
