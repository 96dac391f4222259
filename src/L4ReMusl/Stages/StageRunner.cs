using Serilog;

namespace L4ReMusl.Stages;

/// <summary>Runs stages, each at most once and after those that it needs.</summary>
/// <param name="maker">Brings the result of one stage up to date.</param>
/// <param name="folders">Where results are made, which no other build may use at the same time.</param>
/// <param name="log">Is told of a wait for another build.</param>
public sealed class StageRunner(StageMaker maker, StageFolders folders, ILogger log) : IDisposable
{
    readonly Dictionary<string, StageReport> reports = [];
    OutputLock? alone;

    /// <summary>Brings the result of a stage up to date, and first those of all that it needs.</summary>
    /// <returns>What the stage reported, now or earlier in this run.</returns>
    /// <exception cref="BuildException">It failed, or one that it needs did.</exception>
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

    /// <summary>Keeps other builds out of the output folder, and clears away what killed ones left there.</summary>
    /// <remarks>Kept until the end: stages run one after the other, and no other build may come between them.</remarks>
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
