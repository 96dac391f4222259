using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using Serilog;

namespace L4ReMusl.Stages;

/// <summary>Brings the result of one stage up to date: makes it in a scratch folder and renames it into place.</summary>
/// <param name="folders">Where stamps and scratch folders lie.</param>
/// <param name="cache">Has results of earlier builds.</param>
/// <param name="jobs">Says when there is a processor for the work.</param>
/// <param name="log">Receives what is done and why.</param>
public sealed class StageMaker(StageFolders folders, IResultCache cache, JobServer jobs, ILogger log)
{
    /// <summary>A text that differs between any two versions of the build's code.</summary>
    // Only what is made needs it, and most starts make nothing.
    public string Code { get => field ??= BuildCode.Identity; init; }

    /// <summary>Says why <paramref name="stage"/> would run, or <see langword="null"/> if it is up to date.</summary>
    public string? ReasonToRun(IStage stage) => Inspect(stage).Reason;

    /// <summary>Brings the result of <paramref name="stage"/> up to date.</summary>
    /// <remarks>
    /// If it is killed, it leaves the old result with its stamp, or the new one with its stamp, or either without a stamp. A
    /// result without a stamp is rebuilt.
    /// </remarks>
    public StageReport Make(IStage stage)
    {
        var (stamp, reason) = Inspect(stage);
        if (reason is null)
        {
            log.Debug("{Stage} is up to date", stage.Name);
            return new StageReport(stage.Name, StageOutcome.UpToDate, stamp!.Figures);
        }

        using var job = jobs.Take();
        log.Information("{Stage}: {Reason}", stage.Name, reason);
        var scratch = folders.NewScratch(stage.Name);
        try
        {
            var inputs = stage.Inputs;
            var key = stage.OutlivesCode ? inputs : inputs.With(("code of the build", Code));
            var cached = stage.IsCacheable ? cache.TryRestore(stage.Name, key, scratch) : null;
            var figures = cached?.Figures ?? stage.Make(scratch);
            if (stage.IsCacheable && cached is null)
                cache.Store(stage.Name, key, scratch, figures);
            FileTree.Delete(folders.StampOf(stage.Name));
            MoveIntoPlace(scratch, stage.Output);
            new StageStamp(inputs.Entries, FileTree.StateWithout(stage.Output, stage.Annex), figures)
                .Write(folders.StampOf(stage.Name));
            return new StageReport(stage.Name, cached?.Outcome ?? StageOutcome.Made, figures);
        }
        finally
        {
            StageFolders.Discard(scratch);
        }
    }

    (StageStamp? Stamp, string? Reason) Inspect(IStage stage)
    {
        if (stage.ReasonToRunAlways is { } always)
            return (null, always);
        if (!Path.Exists(stage.Output))
            return (null, $"{folders.Relative(stage.Output)} is not there yet");
        if (StageStamp.Read(folders.StampOf(stage.Name)) is not { } stamp)
            return (null, $"{folders.Relative(stage.Output)} was not finished");
        var changes = new Fingerprint(stamp.Inputs.Select(entry => (entry.Key, entry.Value))).Changes(stage.Inputs);
        if (changes.Count > 0)
        {
            var more = changes.Count > 5 ? $" and {changes.Count - 5} more" : "";
            return (stamp, $"changed: {string.Join(", ", changes.Take(5))}{more}");
        }

        return FileTree.StateWithout(stage.Output, stage.Annex) == stamp.OutputState
            ? (stamp, null)
            : (stamp, $"{folders.Relative(stage.Output)} was changed since it was made");
    }

    void MoveIntoPlace(string scratch, string output)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        if (Path.Exists(output))
        {
            var old = folders.NewScratch("old");
            Directory.Move(output, old); // Works for files as well: on Unix it is a rename.
            StageFolders.Discard(old);
        }

        Directory.Move(scratch, output);
    }
}
