using L4ReMusl.Foundation.Processes;
using Serilog;

namespace L4ReMusl.Stages;

/// <summary>
/// Runs stages, each at most once and after the stages that it needs. Those that do not need each other run at the same time.
/// </summary>
/// <param name="maker">Brings the result of one stage up to date.</param>
/// <param name="folders">The output folder, which no other build may use at the same time.</param>
/// <param name="log">Receives a message while the build waits for another one.</param>
/// <remarks>
/// A stage that fails ends those that need it; whoever waits for one of them gets its exception. All others go on.
/// </remarks>
public sealed class StageRunner(StageMaker maker, StageFolders folders, ILogger log) : IDisposable
{
    readonly Lock starting = new(); // Several threads may do that, and the stages are created on the way.
    readonly Dictionary<string, Task<StageReport>> started = [];
    readonly AnnexOrder annexes = new();
    readonly Lock asking = new();
    OutputLock? alone;
    volatile bool isEnding;

    /// <summary>Starts stages and those that they need, without waiting for them.</summary>
    public void Start(IReadOnlyList<IStage> stages)
    {
        lock (starting)
        {
            Lock();
            foreach (var stage in stages.OrderBy(stage => AnnexOrder.IsAnnex(stage) ? 0 : 1))
                Start(stage);
        }
    }

    /// <summary>Brings the result of a stage up to date, after those of the stages that it needs.</summary>
    /// <returns>What the stage reported, now or earlier in this run.</returns>
    /// <exception cref="BuildException">It failed, or a stage that it needs did.</exception>
    public StageReport Run(IStage stage)
    {
        Task<StageReport> task;
        lock (starting)
        {
            Lock();
            task = Start(stage);
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Brings the results of several stages up to date.</summary>
    public IReadOnlyList<StageReport> Run(IEnumerable<IStage> stages)
    {
        var all = stages.ToList();
        Start(all);
        return [.. all.Select(Run)];
    }

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

    /// <summary>Waits until no stage is running any more.</summary>
    /// <param name="all">Whether stages that have not begun yet still run; otherwise they are left out.</param>
    public void Finish(bool all)
    {
        isEnding = !all;
        Task.WaitAll(started.Values.Select(Ended));
    }

    /// <summary>Waits for the stages that are running, and lets other builds use the output folder.</summary>
    public void Dispose()
    {
        Finish(all: false);
        alone?.Dispose();
        alone = null;
    }

    static Task Ended(Task task) => task.ContinueWith(_ => { }, TaskScheduler.Default);

    Task<StageReport> Start(IStage stage)
    {
        if (started.TryGetValue(stage.Name, out var task))
            return task;
        Task[] needs = [.. stage.Needs.Select(Start)];
        var others = annexes.Before(stage).ToList();
        task = RunAfter(stage, needs, [.. others.Select(Ended)]);
        annexes.Add(stage, task);
        return started[stage.Name] = task;
    }

    async Task<StageReport> RunAfter(IStage stage, Task[] needs, Task[] others)
    {
        await Task.WhenAll(needs).ConfigureAwait(false);
        await Task.WhenAll(others).ConfigureAwait(false);
        return await OwnThread.Start(() => Make(stage)).ConfigureAwait(false);
    }

    StageReport Make(IStage stage)
    {
        if (isEnding)
            throw new OperationCanceledException();
        stage.Prepare();
        lock (asking) // What stages find out about the host's tools, they share.
            _ = stage.Inputs;
        return maker.Make(stage);
    }
}
