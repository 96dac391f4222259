namespace L4ReMusl.Foundation.Text;

/// <summary>Items below the sentence of a message, each on a separate line.</summary>
static class IndentedLines
{
    /// <summary>The lines, each after a line break; empty if there are no items.</summary>
    public static string Of(IEnumerable<string> items) => string.Concat(items.Select(item => $"{Environment.NewLine}  {item}"));
}
