namespace L4ReMusl.Foundation.Text;

/// <summary>Words for a POSIX shell.</summary>
static class ShellWord
{
    /// <summary>A text as one word, whatever is in it.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
