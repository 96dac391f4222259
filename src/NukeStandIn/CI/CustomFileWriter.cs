namespace Nuke.Common.Utilities;

/// <summary>Writes lines with an indentation.</summary>
public class CustomFileWriter(StreamWriter streamWriter, int indentationFactor, string commentPrefix)
{
    int depth;

    public void WriteLine(string text = null) =>
        streamWriter.WriteLine(text is null ? "" : new string(' ', depth * indentationFactor) + text);

    public void WriteComment(string text = null) => WriteLine($"{commentPrefix} {text}".TrimEnd());

    /// <summary>Indents lines by one more level, until the returned object is disposed of.</summary>
    public IDisposable Indent()
    {
        depth++;
        return new Level(this);
    }

    /// <summary>Writes a line, and indents what is written inside.</summary>
    internal void WriteBlock(string head, Action content)
    {
        WriteLine(head);
        using (Indent())
            content();
    }

    sealed class Level(CustomFileWriter writer) : IDisposable
    {
        public void Dispose() => writer.depth--;
    }
}
