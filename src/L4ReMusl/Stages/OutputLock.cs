using Serilog;

namespace L4ReMusl.Stages;

/// <summary>Keeps two builds from writing to the same output folder at the same time.</summary>
/// <remarks>The operating system (flock) releases the lock when the process ends, even if it is killed.</remarks>
public sealed class OutputLock : IDisposable
{
    const int WouldBlock = 11; // EWOULDBLOCK of flock(2), which .NET passes on as the HResult.

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(60), Interval = TimeSpan.FromMilliseconds(250);

    readonly FileStream stream;

    OutputLock(FileStream stream) => this.stream = stream;

    /// <summary>The file that is locked.</summary>
    public static string PathIn(string output) => Path.Combine(output, ".lock");

    /// <summary>Takes the lock. While another build holds it, logs that and waits.</summary>
    /// <exception cref="BuildException">The other build did not end in time.</exception>
    public static OutputLock Acquire(string output, ILogger log)
    {
        Directory.CreateDirectory(output);
        var path = PathIn(output);
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Interval)
        {
            try
            {
                return new OutputLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e.HResult == WouldBlock)
            {
                if (waited == TimeSpan.Zero)
                    log.Information("Another build is using {Output}; waiting until it ends", output);
                Thread.Sleep(Interval);
            }
        }

        throw new BuildException($"Another build has been using '{output}' for {Patience.TotalMinutes:0} minutes; "
            + "end it, or build in another clone.");
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
