using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Stages;
using Serilog;
using Serilog.Events;

namespace L4ReMusl.Caching;

/// <summary>Looks for results in the user's cache, then in the remote one. What comes from there is kept in the user's.</summary>
/// <param name="local">The user's cache.</param>
/// <param name="remote">The cache that several machines share; <see langword="null"/> for none.</param>
/// <param name="log">Receives a warning if a result cannot be kept, which does not stop the build.</param>
public sealed class ResultCache(LocalCache local, RemoteCache? remote, ILogger log) : IResultCache
{
    int fromLocal, fromRemote, made, warnings;

    /// <summary>The user's cache.</summary>
    public LocalCache Local => local;

    /// <summary>The cache that several machines share; <see langword="null"/> if there is none.</summary>
    public RemoteCache? Remote => remote;

    /// <inheritdoc/>
    public CachedResult? TryRestore(string stage, Fingerprint inputs, string target)
    {
        var key = new ResultKey(stage, inputs);
        if (local.TryRestore(key, target) is { } figures)
        {
            Interlocked.Increment(ref fromLocal);
            Share(key);
            return new CachedResult(figures, StageOutcome.FromCache);
        }

        if (remote is null || Fetch(remote, key, target) is not { } fetched)
            return null;
        Interlocked.Increment(ref fromRemote);
        return new CachedResult(fetched, StageOutcome.FromRemoteCache);
    }

    /// <inheritdoc/>
    public void Store(string stage, Fingerprint inputs, string result, IReadOnlyList<Figure> figures)
    {
        Interlocked.Increment(ref made);
        var key = new ResultKey(stage, inputs);
        FileStream? archive = null;
        try
        {
            archive = NewFile(result);
            ResultArchive.Write(archive, key, result, figures);
            Keep(key, archive, 0);
            if (remote?.IsWritten != true)
                return;
            remote.Put(key, archive);
            archive = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WarnThatNotKept(key, e);
        }
        finally
        {
            archive?.Dispose();
        }
    }

    /// <summary>Waits until the remote cache has all results, and logs where the results of this run came from.</summary>
    public void Finish()
    {
        remote?.Finish();
        if (fromLocal + fromRemote + made == 0)
            return;
        var shared = remote is null ? "" : $", {fromRemote} from the remote cache, {remote.Stored} stored there";
        log.Information("Results: {Made} made, {Local} from the cache{Shared:l}", made, fromLocal, shared);
        (fromLocal, fromRemote, made) = (0, 0, 0);
    }

    IReadOnlyList<Figure>? Fetch(RemoteCache from, ResultKey key, string target)
    {
        try
        {
            using var archive = NewFile(target);
            if (!from.TryGet(key, archive))
                return null;
            var start = archive.Position;
            var figures = ResultArchive.Unpack(archive, key, target);
            Keep(key, archive, start);
            return figures;
        }
        catch (BadResultException e)
        {
            from.Reject(key, e);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Debug("{Name} could not be taken from the remote cache: {Problem:l}", key.FileName, e.Message);
            return null;
        }
    }

    // A remote cache that was added later also gets what this machine had made before.
    void Share(ResultKey key)
    {
        if (remote?.IsWritten != true)
            return;
        try
        {
            remote.Put(key, File.OpenRead(local.PathOf(key)), onlyIfMissing: true);
        }
        catch (IOException)
        {
            // Another clone has just deleted it to make room.
        }
    }

    void Keep(ResultKey key, FileStream archive, long start)
    {
        try
        {
            local.Add(key, path =>
            {
                archive.Position = start;
                using var copy = File.Create(path);
                archive.CopyTo(copy);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WarnThatNotKept(key, e);
        }
    }

    // Once: if the folder cannot be written, no result can be kept.
    void WarnThatNotKept(ResultKey key, Exception problem) => log.Write(
        Interlocked.Increment(ref warnings) == 1 ? LogEventLevel.Warning : LogEventLevel.Debug,
        "The result of {Stage} could not be kept in {Cache}; other clones will have to rebuild it: {Problem:l}",
        key.Stage,
        local.Folder,
        problem.Message);

    // A file beside a scratch path, for as long as it is open.
    static FileStream NewFile(string scratch) => new($"{scratch}.{Path.GetRandomFileName()}", new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Options = FileOptions.DeleteOnClose,
    });
}
