namespace L4ReMusl.Foundation.Text;

/// <summary>Lists within a message: below its sentence, each item on a line of its own.</summary>
static class IndentedLines
{
    /// <summary>The lines, each after a line break; empty if there are no items.</summary>
    public static string Of(IEnumerable<string> items) => string.Concat(items.Select(item => $"{Environment.NewLine}  {item}"));
}
