namespace L4ReMusl.Provisioning;

/// <summary>Shows what was found of the host tools in one table.</summary>
public static class ToolTable
{
    static readonly string[] Header = ["Tool", "Version", "State", "Package", "Needed for", "Path"];

    /// <summary>Renders the table, one line for each tool.</summary>
    public static string Render(IEnumerable<ToolStatus> tools)
    {
        string[][] rows = [Header, .. tools.Select(Cells)];
        var widths = Enumerable.Range(0, Header.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var lines = rows.Select(row => string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd()).ToList();
        lines.Insert(1, new string('─', lines.Max(line => line.Length)));
        return string.Join(Environment.NewLine, lines);
    }

    static string[] Cells(ToolStatus status) =>
    [
        status.Path is null ? status.Tool.Name : Path.GetFileName(status.Path),
        status.Version ?? "-",
        status.State,
        status.Tool.Package ?? "-",
        status.Tool.NeededFor,
        status.Path ?? "-",
    ];
}
