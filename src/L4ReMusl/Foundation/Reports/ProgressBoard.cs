using System.Text;

namespace L4ReMusl.Foundation.Reports;

/// <summary>The lines at the bottom of a terminal, one for each piece of work, below all that is written meanwhile.</summary>
/// <param name="terminal">Understands carriage return and the escape sequences that move up and clear.</param>
/// <param name="width">The columns of the terminal; as the console says if <see langword="null"/>.</param>
/// <param name="time">The clock; the system's if <see langword="null"/>.</param>
public sealed class ProgressBoard(TextWriter terminal, Func<int>? width = null, TimeProvider? time = null)
{
    const string ClearLine = "\u001b[K", ClearBelow = "\u001b[J";

    static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(100);

    readonly TimeProvider time = time ?? TimeProvider.System;
    readonly Lock gate = new();
    readonly List<(object Work, string Text)> lines = [];
    long shown;
    int drawn;
    bool isWithinLine;

    /// <summary>Writes above the lines.</summary>
    public TextWriter Writer => field ??= new WriterAbove(this);

    /// <summary>Shows a line, or changes what it says; not more often than a person can read.</summary>
    /// <param name="work">What the line belongs to.</param>
    /// <param name="text">What it says.</param>
    public void Show(object work, string text)
    {
        lock (gate)
        {
            var index = lines.FindIndex(line => line.Work == work);
            if (index < 0)
                lines.Add((work, text));
            else
                lines[index] = (work, text);
            if (index < 0 || time.GetElapsedTime(shown) >= BetweenDrawings)
                Draw();
        }
    }

    /// <summary>Removes a line.</summary>
    /// <param name="work">What it belongs to.</param>
    /// <param name="closing">What stays, above the other lines; nothing if <see langword="null"/>.</param>
    public void End(object work, string? closing)
    {
        lock (gate)
        {
            lines.RemoveAll(line => line.Work == work);
            if (closing is not null)
                Write($"{closing}\n");
            else
                Draw();
        }
    }

    TextWriter Terminal => terminal;

    string ToTop => drawn > 1 ? $"\r\u001b[{drawn - 1}A" : "\r";

    // The cursor stays at the end of the last line.
    void Draw()
    {
        if (isWithinLine || (drawn == 0 && lines.Count == 0))
            return;
        var columns = Math.Max(20, (width ?? WidthOfConsole)() - 1);
        var texts = lines.Select(line => (line.Text.Length > columns ? line.Text[..columns] : line.Text) + ClearLine);
        terminal.Write($"{ToTop}{string.Join('\n', texts)}{(drawn > lines.Count ? ClearBelow : "")}");
        terminal.Flush();
        (drawn, shown) = (lines.Count, time.GetTimestamp());
    }

    void Write(string text)
    {
        if (text.Length == 0)
            return;
        lock (gate)
        {
            if (drawn > 0)
                terminal.Write(ToTop + ClearBelow);
            drawn = 0;
            terminal.Write(text);
            isWithinLine = text[^1] != '\n';
            Draw();
        }
    }

    static int WidthOfConsole()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 80; // As the error stream may be a terminal while the output is not.
        }
    }

    sealed class WriterAbove(ProgressBoard board) : TextWriter
    {
        public override Encoding Encoding => board.Terminal.Encoding;

        public override void Write(char value) => board.Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => board.Write(new string(buffer, index, count));

        public override void Write(string? value) => board.Write(value ?? "");

        public override void WriteLine(string? value) => board.Write($"{value}{NewLine}");

        public override void Flush() => board.Terminal.Flush();
    }
}
