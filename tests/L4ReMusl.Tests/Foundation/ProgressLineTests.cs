using L4ReMusl.Foundation.Reports;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Foundation;

public sealed class ProgressLineTests : IDisposable
{
    readonly StringWriter writer = new() { NewLine = "\n" };
    readonly ManualClock clock = new();

    ProgressBoard Terminal => field ??= new(writer, () => 80, clock);

    public void Dispose() => writer.Dispose();

    [Fact]
    public void A_fast_transfer_leaves_one_line_in_a_log()
    {
        using (var line = new ProgressLine(writer, board: null, "a.tar.gz", ProgressLine.Bytes, clock))
        {
            for (var done = 0; done <= 1000; done += 100)
                line.Report(new WorkProgress(done * 1000, 1_000_000));
        }

        writer.ToString().Should().Be("a.tar.gz: 1.0 MB in 0.0 s\n");
    }

    [Fact]
    public void A_slow_step_writes_a_line_per_quarter_to_a_log()
    {
        using (var line = new ProgressLine(writer, board: null, "Compiling", "objects", clock))
        {
            for (var done = 0; done <= 1000; done += 10)
            {
                line.Report(new WorkProgress(done, 1000));
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "Compiling: 3 %, 30/1000 objects",
            "Compiling: 25 %, 250/1000 objects",
            "Compiling: 50 %, 500/1000 objects",
            "Compiling: 75 %, 750/1000 objects",
            "Compiling: 1000 objects in 100.0 s");
    }

    [Fact]
    public void A_terminal_shows_one_line_that_is_rewritten_and_ends_with_the_result()
    {
        using (var line = new ProgressLine(writer, Terminal, "a.tar.gz", ProgressLine.Bytes, clock))
        {
            for (var done = 0; done <= 2; done++)
            {
                line.Report(new WorkProgress(done * 500_000, 1_000_000));
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        var text = writer.ToString();
        text.Should().Contain("\ra.tar.gz [##########----------] 50 %, 500 kB of 1.0 MB, 500 kB/s");
        text.Should().EndWith("\r\u001b[Ja.tar.gz: 1.0 MB in 2.0 s\n");
        text.Count(c => c == '\n').Should().Be(1);
    }

    [Fact]
    public void A_terminal_is_not_drawn_more_often_than_ten_times_a_second()
    {
        using (var line = new ProgressLine(writer, Terminal, "Compiling", "objects", clock))
        {
            for (var done = 0; done < 1000; done++)
            {
                line.Report(new WorkProgress(done, 1000));
                clock.Advance(TimeSpan.FromMilliseconds(1));
            }
        }

        writer.ToString().Count(c => c == '\r').Should().BeInRange(5, 11, "it is cleared once, at the end");
    }

    [Fact]
    public void A_step_that_fails_leaves_no_open_line_and_no_claim_of_success()
    {
        using (var line = new ProgressLine(writer, Terminal, "Compiling", "objects", clock))
            line.Report(new WorkProgress(10, 1000));

        writer.ToString().Should().EndWith("\r\u001b[J", "what comes next, probably an error, begins on a clean line")
            .And.NotContain(" in ");
    }

    [Fact]
    public void A_finished_step_is_shown_once_even_if_it_is_reported_twice()
    {
        using (var line = new ProgressLine(writer, board: null, "Compiling", "objects", clock))
        {
            line.Report(new WorkProgress(1, 1));
            line.Report(new WorkProgress(1, 1));
        }

        writer.ToString().Should().Be("Compiling: 1 objects in 0.0 s\n");
    }
}
