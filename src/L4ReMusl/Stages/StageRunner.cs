using Serilog;

namespace L4ReMusl.Stages;

/// <summary>Runs stages, each at most once and after the stages that it needs.</summary>
/// <param name="maker">Brings the result of one stage up to date.</param>
/// <param name="folders">The output folder, which no other build may use at the same time.</param>
/// <param name="log">Receives a message while the build waits for another one.</param>
public sealed class StageRunner(StageMaker maker, StageFolders folders, ILogger log) : IDisposable
{
    readonly Dictionary<string, StageReport> reports = [];
    OutputLock? alone;

    /// <summary>Brings the result of a stage up to date, after those of the stages that it needs.</summary>
    /// <returns>What the stage reported, now or earlier in this run.</returns>
    /// <exception cref="BuildException">It failed, or a stage that it needs did.</exception>
    public StageReport Run(IStage stage)
    {
        if (reports.TryGetValue(stage.Name, out var report))
            return report;
        Lock();
        foreach (var need in stage.Needs)
            Run(need);
        stage.Prepare();
        return reports[stage.Name] = maker.Make(stage);
    }

    /// <summary>Runs several stages in this order.</summary>
    public IReadOnlyList<StageReport> Run(IEnumerable<IStage> stages) => [.. stages.Select(Run)];

    /// <summary>Says why a stage would run, or <see langword="null"/> if it is up to date.</summary>
    public string? ReasonToRun(IStage stage) => maker.ReasonToRun(stage);

    /// <summary>Keeps other builds out of the output folder, and removes what killed builds left there.</summary>
    /// <remarks>
    /// The lock is held until the end of the run, so that no other build changes results between two stages.
    /// </remarks>
    public void Lock()
    {
        if (alone is not null)
            return;
        alone = OutputLock.Acquire(folders.Output, log);
        folders.DiscardAll();
    }

    /// <summary>Lets other builds use the output folder.</summary>
    public void Dispose()
    {
        alone?.Dispose();
        alone = null;
    }
}
