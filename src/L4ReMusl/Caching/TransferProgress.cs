namespace L4ReMusl.Caching;

/// <summary>Ends a transfer that makes no progress, or takes too long.</summary>
sealed class TransferProgress : IDisposable
{
    readonly RemotePatience patience;
    readonly CancellationTokenSource stall, all;
    int count;

    /// <summary>Begins with the time to connect and to get a first answer.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="stop">Ends the transfer from outside.</param>
    public TransferProgress(RemotePatience patience, CancellationToken stop)
    {
        this.patience = patience;
        stall = new CancellationTokenSource(patience.Connect + patience.Stall);
        all = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, stop);
    }

    /// <summary>Is cancelled when the transfer must end.</summary>
    public CancellationToken Stop => all.Token;

    /// <summary>Why it was cancelled.</summary>
    public string Verdict => stall.IsCancellationRequested
        ? $"it does not answer, or is slower than {RemotePatience.Chunk / 1024} KiB in {patience.Stall.TotalSeconds:0.#} s"
        : "the transfer was ended";

    /// <summary>Counts transferred bytes.</summary>
    public void Add(int bytes)
    {
        count += bytes;
        if (count < RemotePatience.Chunk)
            return;
        count = 0;
        stall.CancelAfter(patience.Stall);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        all.Dispose();
        stall.Dispose();
    }
}
