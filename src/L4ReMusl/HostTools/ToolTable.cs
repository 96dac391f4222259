using L4ReMusl.Foundation.Text;

namespace L4ReMusl.HostTools;

/// <summary>Shows the state of the host tools in a table.</summary>
public static class ToolTable
{
    static readonly string[] Header = ["Tool", "Version", "State", "Package", "Needed for", "Path"];

    /// <summary>Renders the table, one line for each tool.</summary>
    public static string Render(IEnumerable<ToolStatus> tools) => TextTable.Render(Header, tools.Select(Cells));

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
