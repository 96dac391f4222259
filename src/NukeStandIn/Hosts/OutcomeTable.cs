using System.Globalization;

namespace Nuke.Common.Execution;

/// <summary>The table of targets, their status and their duration, and how the build ended.</summary>
sealed class OutcomeTable(IReadOnlyCollection<ExecutableTarget> plan)
{
    const int StatusWidth = 10;
    const int DurationWidth = 10;

    /// <summary>Pads with no-break spaces, because some CI servers join ordinary ones.</summary>
    const char Padding = '\u00A0';

    readonly int nameWidth = Math.Max(plan.Select(x => x.Name.Length).DefaultIfEmpty().Max() + 4, 19);

    public static bool IsSuccess(IReadOnlyCollection<ExecutableTarget> plan) =>
        !plan.Any(x => x.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun);

    public void Write(Host host)
    {
        var width = nameWidth + StatusWidth + DurationWidth;
        var total = plan.Aggregate(TimeSpan.Zero, (sum, x) => sum + x.Stopwatch.Elapsed);

        host.WriteLine();
        host.WriteLine(new string('═', width));
        host.WriteLine(Line("Target", "Status", "Duration"), LineStyle.Information);
        host.WriteLine(new string('─', width));
        foreach (var target in plan.Where(x => x.Status != ExecutionStatus.Collective))
            host.WriteLine(Line(target), StyleOf(target.Status));
        host.WriteLine(new string('─', width));
        host.WriteLine(Line("Total", string.Empty, Format(total)), LineStyle.Information);
        host.WriteLine(new string('═', width));

        var now = DateTime.Now.ToString(CultureInfo.CurrentCulture);
        host.WriteLine();
        if (IsSuccess(plan))
            host.WriteLine($"Build succeeded on {now}. ＼（＾ᴗ＾）／", LineStyle.Success);
        else
            host.WriteLine($"Build failed on {now}. (╯°□°）╯︵ ┻━┻", LineStyle.Error);
    }

    string Line(ExecutableTarget target)
    {
        var hasRun = target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Aborted;
        var line = Line(target.Name, target.Status.ToString(), hasRun ? Format(target.Stopwatch.Elapsed) : string.Empty);
        var information = string.Join(", ", target.SummaryInformation.Select(x => $"{x.Key}: {x.Value}"));
        return information.Length == 0 ? line : $"{line}{new string(Padding, 3)}// {information}";
    }

    string Line(string name, string status, string duration) =>
        name.PadRight(nameWidth, Padding) + status.PadRight(StatusWidth, Padding) + duration.PadLeft(DurationWidth, Padding);

    static string Format(TimeSpan duration) =>
        $"{(int)duration.TotalMinutes}:{duration:ss}".Replace("0:00", "< 1sec", StringComparison.Ordinal);

    static LineStyle StyleOf(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Succeeded => LineStyle.Success,
        ExecutionStatus.Failed => LineStyle.Error,
        ExecutionStatus.Aborted or ExecutionStatus.NotRun => LineStyle.Warning,
        _ => LineStyle.Debug,
    };
}
