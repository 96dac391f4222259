using System.Diagnostics;
using Serilog;

namespace L4ReMusl.Caching;

/// <summary>
/// A cache that several machines share. It can only save time: if it is down, slow or wrong, a run warns once, and goes on
/// without it.
/// </summary>
/// <param name="location">Where it is.</param>
/// <param name="mode">What to do with it.</param>
/// <param name="log">Receives the warning.</param>
public sealed class RemoteCache(RemoteLocation location, RemoteMode mode, ILogger log) : IDisposable
{
    readonly CancellationTokenSource unusable = new();
    readonly BackgroundWork uploads = new();
    long waited;
    IRemoteStore? store;
    int warnings, stored;
    volatile bool isRead = true, isWritten = mode == RemoteMode.ReadWrite;

    /// <summary>
    /// The key that signs results, or checks their signatures; without one, the server is trusted.
    /// </summary>
    public SigningKey? Key { get; init; }

    /// <summary>A bearer token; <see langword="null"/> for none.</summary>
    public string? Token { get; init; }

    /// <summary>How long to wait.</summary>
    public RemotePatience Patience { get; init; } = RemotePatience.Default;

    /// <summary>Where it is.</summary>
    public RemoteLocation Location => location;

    /// <summary>What is done with it.</summary>
    public RemoteMode Mode => mode;

    /// <summary>Whether results can still be stored.</summary>
    public bool IsWritten => isWritten;

    /// <summary>The number of results that were stored in this run.</summary>
    public int Stored => stored;

    // Created at the first use: many runs need no results.
    IRemoteStore Store
    {
        get
        {
            lock (uploads)
                return store ??= NewStore();
        }
    }

    /// <summary>Gets the archive of a result.</summary>
    /// <param name="key">What it is found by.</param>
    /// <param name="target">An empty file. Its position becomes the beginning of the archive.</param>
    /// <returns>Whether there is such a result. Only its signature was checked.</returns>
    public bool TryGet(ResultKey key, FileStream target)
    {
        if (!isRead)
            return false;
        var clock = Stopwatch.StartNew();
        var isThere = Ask(stop => Store.Get(key.FileName, target, stop));
        if (Interlocked.Add(ref waited, clock.ElapsedMilliseconds) > Patience.Run.TotalMilliseconds)
            Abandon(new RemoteException($"this run has waited {Patience.Run.TotalMinutes:0.#} minutes for it"));
        if (!isThere)
            return false;
        try
        {
            target.Position = 0;
            Envelope.Open(Key, key.FileName, target);
            return true;
        }
        catch (BadResultException e)
        {
            Reject(key, e);
            return false;
        }
    }

    /// <summary>Stops reading, because a result is not what it should be. In read-write mode, it will be replaced.</summary>
    internal void Reject(ResultKey key, BadResultException problem)
    {
        isRead = false;
        Warn("is not read any more in this run", $"its object {key.FileName} is wrong: {problem.Message}");
    }

    /// <summary>Stores a result, while the build goes on.</summary>
    /// <param name="key">What it is found by.</param>
    /// <param name="archive">Its archive, which is closed afterwards.</param>
    /// <param name="onlyIfMissing">Whether to leave an existing one alone.</param>
    public void Put(ResultKey key, FileStream archive, bool onlyIfMissing = false) => uploads.Add(() =>
    {
        using var closed = archive;
        var name = key.FileName;
        if (isWritten && !(onlyIfMissing && Ask(stop => Store.Has(name, stop))) && Ask(stop => Upload(name, archive, stop)))
            Interlocked.Increment(ref stored);
    });

    /// <summary>Waits until everything is stored.</summary>
    public void Finish()
    {
        if (!uploads.Wait(Patience.Run))
            Abandon(new RemoteException($"results could not be stored within {Patience.Run.TotalMinutes:0.#} minutes"));
    }

    /// <summary>Tries it, without a warning.</summary>
    /// <returns>The problem; <see langword="null"/> if it can be used.</returns>
    public string? Problem()
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience.Connect + Patience.Stall);
            Store.Has($"probe{ResultKey.Suffix}", limit.Token).GetAwaiter().GetResult();
            return null;
        }
        catch (RemoteException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return "it does not answer";
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (store as IDisposable)?.Dispose();
        unusable.Dispose();
    }

    IRemoteStore NewStore() => location.Folder is { } folder
        ? new FolderStore(folder, mayCreate: mode == RemoteMode.ReadWrite)
        : new HttpStore(location, Token, Patience);

    async Task<bool> Upload(string name, FileStream archive, CancellationToken stop)
    {
        archive.Position = 0;
        var header = Envelope.Header(Key, name, archive);
        archive.Position = 0;
        await Store.Put(name, header, archive, stop).ConfigureAwait(false);
        return true;
    }

    bool Ask(Func<CancellationToken, Task<bool>> work)
    {
        if (unusable.IsCancellationRequested)
            return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(unusable.Token);
        try
        {
            limit.CancelAfter(Patience.Transfer);
            return work(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Abandon(new RemoteException($"a transfer took longer than {Patience.Transfer.TotalSeconds:0.#} s"));
            return false;
        }
        catch (RemoteException e)
        {
            Abandon(e);
            return false;
        }
        catch (IOException e)
        {
            // This machine's own disk; the build itself will have the same problem.
            log.Debug("Nothing could be transferred from or to {Location}: {Problem:l}", $"{location}", e.Message);
            return false;
        }
    }

    void Abandon(RemoteException problem)
    {
        isWritten = false;
        if (problem.IsAboutWriting)
        {
            Warn("is not written any more in this run", problem.Message);
            return;
        }

        isRead = false;
        Warn("is not used any more in this run", problem.Message);
        unusable.Cancel();
    }

    // The first problem explains all that follow.
    void Warn(string consequence, string problem)
    {
        if (Interlocked.Increment(ref warnings) == 1)
            log.Warning("The remote cache {Location} {Consequence:l}: {Problem:l}", $"{location}", consequence, problem);
        else
            log.Debug("The remote cache {Location} {Consequence:l}: {Problem:l}", $"{location}", consequence, problem);
    }
}
