namespace L4ReMusl.Foundation.Text;

/// <summary>Lays out rows of cells as text, in columns as wide as necessary.</summary>
public static class TextTable
{
    /// <summary>Renders a table, with a line under its header.</summary>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">The rows, each with as many cells as the header.</param>
    public static string Render(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [header, .. rows];
        var widths = Enumerable.Range(0, header.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        var lines = all
            .Select(row => string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd())
            .ToList();
        lines.Insert(1, new string('─', lines.Max(line => line.Length)));
        return string.Join(Environment.NewLine, lines);
    }
}
