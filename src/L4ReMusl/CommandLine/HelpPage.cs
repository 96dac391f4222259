using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine;

/// <summary>The page that <c>--help</c> shows.</summary>
/// <param name="commandLine">The targets and parameters.</param>
/// <param name="texts">Everything else.</param>
public sealed class HelpPage(CommandLineInfo commandLine, HelpTexts texts)
{
    const int WidestColumn = 34;

    /// <summary>Renders the page.</summary>
    /// <param name="width">The width of the terminal, in characters.</param>
    public string Render(int width = 100)
    {
        var lines = new List<string>();
        lines.AddRange(TextLayout.Wrap(texts.Summary, width));
        lines.AddRange(["", $"Usage: {texts.Program} [TARGET...] [--PARAMETER [VALUE...]]..."]);
        AddTable(lines, "", texts.MainCommands, width);
        AddTargets(lines, width);
        AddParameters(lines, width);
        AddTable(lines, "Environment variables", [.. Variables, .. texts.EnvironmentVariables], width);
        AddExamples(lines, width);
        AddTable(lines, "Exit codes", texts.ExitCodes, width);
        AddTable(lines, "See also", texts.SeeAlso, width);
        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }

    void AddTargets(List<string> lines, int width)
    {
        AddHeading(lines, "Targets",
            "A target first runs the targets that it needs. Case and dashes don't matter: lsb-root is LsbRoot.", width);
        var listed = commandLine.Targets.Where(target => target.IsListed).ToList();
        var column = Column(listed.Select(Label));
        foreach (var group in listed.GroupBy(target => target.Group))
        {
            lines.AddRange(["", $"  {group.Key}"]);
            foreach (var target in group)
            {
                lines.AddRange(TextLayout.Row(Label(target), column, target.Description, width));
                if (target.Dependencies.Count > 0)
                    lines.AddRange(TextLayout.Indented($"needs {string.Join(", ", target.Dependencies)}", column, width));
            }
        }

        static string Label(TargetInfo target) => $"    {target.Name}{(target.IsDefault ? " (default)" : "")}";
    }

    void AddParameters(List<string> lines, int width)
    {
        AddHeading(lines, "Parameters",
            "Parameters follow the targets; values are separated by spaces. A misspelt name or value is an error.", width);
        var listed = commandLine.Parameters.Where(parameter => parameter.IsListed).ToList();
        var column = Column(listed.Select(Label));
        foreach (var group in listed.GroupBy(parameter => parameter.Group))
        {
            lines.AddRange(["", $"  {group.Key}"]);
            foreach (var parameter in group)
                lines.AddRange(TextLayout.Row(Label(parameter), column, Explain(parameter), width));
        }

        static string Label(ParameterInfo parameter) => $"    {parameter.Usage}";
    }

    static string Explain(ParameterInfo parameter) => parameter.Description
        + (parameter.Default is { } value ? $" Default: {value}." : "")
        + (parameter.Valid is { } valid ? $" Valid: {valid}." : "")
        + (parameter.Example is { } example ? $" Example: {parameter.Option} {example}" : "");

    IEnumerable<HelpLine> Variables => commandLine.Parameters
        .Where(parameter => parameter.Variable is not null)
        .Select(parameter => new HelpLine(parameter.Variable!, $"the same as {parameter.Option}"));

    void AddExamples(List<string> lines, int width)
    {
        if (texts.Examples.Count == 0)
            return;
        AddHeading(lines, "Examples", null, width);
        foreach (var example in texts.Examples)
        {
            lines.AddRange(["", .. TextLayout.Indented(example.Explanation, 2, width)]);
            lines.Add($"    {example.Text}");
        }
    }

    static void AddTable(List<string> lines, string heading, IReadOnlyList<HelpLine> rows, int width)
    {
        if (rows.Count == 0)
            return;
        if (heading.Length > 0)
            AddHeading(lines, heading, null, width);
        else
            lines.Add("");
        var column = Column(rows.Select(row => $"  {row.Text}"));
        lines.AddRange(rows.SelectMany(row => TextLayout.Row($"  {row.Text}", column, row.Explanation, width)));
    }

    static void AddHeading(List<string> lines, string heading, string? note, int width) => lines.AddRange(
        note is null ? ["", heading] : ["", heading, .. TextLayout.Indented(note, 2, width)]);

    static int Column(IEnumerable<string> labels) =>
        Math.Min(labels.Select(label => label.Length).DefaultIfEmpty().Max() + 2, WidestColumn);
}
