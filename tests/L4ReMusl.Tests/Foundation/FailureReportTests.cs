using L4ReMusl.Foundation.Reports;
using L4ReMusl.Tests.Support;
using Serilog;
using Serilog.Events;

namespace L4ReMusl.Tests.Foundation;

/// <summary>What a user reads after an unexpected failure.</summary>
public sealed class FailureReportTests : IDisposable
{
    readonly TempFolder temp = new();

    string File => temp["temp", "trace.log"];

    [Fact]
    public void A_defect_is_a_sentence_that_names_the_file_of_its_trace()
    {
        var told = new FailureReport(() => File).Explain(
            Thrown(new InvalidOperationException("Sequence contains no elements\nand more")));

        told.ToString().Should().Be("A defect of this build: InvalidOperationException: Sequence contains no elements. "
            + $"The stack trace is in {File}.");
        System.IO.File.ReadAllText(File).Should().Contain("Sequence contains no elements").And.Contain("   at ");
    }

    [Fact]
    public void What_is_for_users_already_stays_as_it_is_however_deep_it_lies()
    {
        var meant = new BuildException("Do this.");

        new FailureReport(() => File).Explain(new TypeInitializationException("Build", new AggregateException(meant)))
            .Should().BeSameAs(meant);
        System.IO.File.Exists(File).Should().BeFalse();
    }

    [Fact]
    public void A_trace_that_cannot_be_written_does_not_cause_a_second_failure()
    {
        var told = new FailureReport(() => "/proc/nothing/trace.log")
            .Explain(new IOException("No space left on device : '/x'", 28));

        told.Message.Should().StartWith("No space left on device : '/x'. Free some space there")
            .And.Contain("Nothing could be written to /proc/nothing/trace.log");
    }

    [Fact]
    public void The_log_shows_sentences_and_the_debug_levels_all()
    {
        var recorded = new RecordedLog();
        using (var log = (IDisposable)TraceFilter.InFrontOf(recorded.Logger, new FailureReport(() => File)))
        {
            ((ILogger)log).Error(
                Thrown(new InvalidOperationException("odd")), "Target {Name} has thrown an exception", "LsbRoot");
            ((ILogger)log).Warning("plain");
        }

        recorded.Events.Should().HaveCount(2);
        recorded.Events[0].Level.Should().Be(LogEventLevel.Error);
        recorded.Events[0].RenderMessage().Should().Be("Target \"LsbRoot\" has thrown an exception");
        recorded.Events[0].Exception!.ToString().Should().StartWith("A defect of this build").And.NotContain("   at ");
    }

    public void Dispose() => temp.Dispose();

    static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
