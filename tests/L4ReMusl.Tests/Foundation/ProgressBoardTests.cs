using L4ReMusl.Foundation.Reports;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Foundation;

public sealed class ProgressBoardTests : IDisposable
{
    readonly StringWriter terminal = new() { NewLine = "\n" };
    readonly ManualClock clock = new();
    readonly ProgressBoard board;

    public ProgressBoardTests() => board = new ProgressBoard(terminal, () => 40, clock);

    public void Dispose() => terminal.Dispose();

    [Fact]
    public void Each_piece_of_work_has_a_line_and_all_are_rewritten_in_place()
    {
        Show("arm", "arm 1 %");
        Show("arm64", "arm64 1 %");
        Show("arm", "arm 2 %");

        Screen().Should().Equal("arm 2 %", "arm64 1 %");
    }

    [Fact]
    public void What_is_written_meanwhile_stays_above()
    {
        Show("arm", "arm 1 %");
        Show("arm64", "arm64 1 %");
        board.Writer.Write("a message ");
        board.Writer.WriteLine("in pieces");
        Show("arm", "arm 2 %");

        Screen().Should().Equal("a message in pieces", "arm 2 %", "arm64 1 %");
    }

    [Fact]
    public void A_line_that_ends_leaves_its_result_above_the_others()
    {
        Show("arm", "arm 99 %");
        Show("arm64", "arm64 50 %");
        board.End("arm", "arm: done");

        Screen().Should().Equal("arm: done", "arm64 50 %");

        board.End("arm64", closing: null);
        Screen().Should().Equal("arm: done");
    }

    [Fact]
    public void A_line_does_not_wrap()
    {
        Show("arm", new string('x', 100));
        Show("arm64", "arm64");

        Screen().Should().Equal(new string('x', 39), "arm64");
    }

    void Show(string work, string text)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        board.Show(work, text);
    }

    // What a terminal shows: it obeys carriage return, line feed, "up" and the two ways to clear.
    List<string> Screen()
    {
        var (rows, row, column) = (new List<string> { "" }, 0, 0);
        var text = terminal.ToString();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r')
                column = 0;
            else if (text[i] == '\n')
                NewLine();
            else if (text[i] == '\u001b')
                i = Obey(i + 2);
            else
                Put(text[i]);
        }

        return [.. rows.SkipLast(rows[^1].Length == 0 ? 1 : 0)];

        void NewLine()
        {
            (row, column) = (row + 1, 0);
            if (row == rows.Count)
                rows.Add("");
        }

        void Put(char letter)
        {
            rows[row] = rows[row].PadRight(column)[..column] + letter + rows[row][Math.Min(column + 1, rows[row].Length)..];
            column++;
        }

        int Obey(int at)
        {
            var end = at;
            while (!char.IsLetter(text[end]))
                end++;
            if (text[end] == 'A')
                row -= int.Parse(text[at..end]);
            else
                rows[row] = rows[row][..Math.Min(column, rows[row].Length)];
            if (text[end] == 'J')
                rows.RemoveRange(row + 1, rows.Count - row - 1);
            return end;
        }
    }
}
