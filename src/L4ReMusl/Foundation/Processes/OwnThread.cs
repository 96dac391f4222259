namespace L4ReMusl.Foundation.Processes;

/// <summary>
/// Work that waits for programs. It gets a thread of its own: blocked threads of the pool could not read their output.
/// </summary>
public static class OwnThread
{
    /// <summary>Starts work.</summary>
    public static Task<T> Start<T>(Func<T> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
