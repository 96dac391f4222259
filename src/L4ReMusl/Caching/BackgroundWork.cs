namespace L4ReMusl.Caching;

/// <summary>Work that is done in order, one piece at a time, beside everything else. Pieces must not fail.</summary>
sealed class BackgroundWork
{
    readonly Lock turn = new();
    Task last = Task.CompletedTask;

    /// <summary>Adds a piece of work.</summary>
    public void Add(Action work)
    {
        lock (turn)
            last = last.ContinueWith(_ => work(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Waits until everything is done.</summary>
    /// <returns>Whether it was done in time.</returns>
    public bool Wait(TimeSpan patience)
    {
        Task all;
        lock (turn)
            all = last;
        return all.Wait(patience);
    }
}
