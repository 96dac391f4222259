using System.Collections.Concurrent;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Layout;
using Serilog;
using Serilog.Events;

namespace L4ReMusl.Sources;

/// <summary>Fetches archives into the local cache, from the first place that has the right bytes.</summary>
/// <param name="cacheFolder">The cache (see <see cref="BuildLayout.Downloads"/>).</param>
/// <param name="locations">Where to look.</param>
/// <param name="signatures">Checks signatures.</param>
/// <param name="log">Gets the failures that came before a success.</param>
/// <param name="policy">How patient downloads are.</param>
public sealed class ArchiveFetcher(
    string cacheFolder, ArchiveLocations locations, SignatureVerifier signatures, ILogger log, TransferPolicy? policy = null)
{
    readonly ConcurrentDictionary<string, Lock> turns = [];

    /// <summary>Makes sure that an archive is in the cache.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="progress">Gets the progress of a transfer, in bytes; not used if the archive is in the cache.</param>
    /// <exception cref="BuildException">No place has it, or its signature is bad.</exception>
    public FetchedArchive Fetch(SourceArchive archive, IProgress<WorkProgress>? progress = null)
    {
        var path = Path.Combine(cacheFolder, archive.FileName);
        try
        {
            Directory.CreateDirectory(cacheFolder);
            lock (turns.GetOrAdd(path, _ => new Lock())) // Stages for several architectures need the same archive.
                return FromCache(archive, path) ?? FromLocations(archive, path, progress);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException(
                $"{archive.FileName} could not be stored in {cacheFolder}: {e.Message.TrimEnd('.')}. "
                + "Name a writable folder with --cache-folder.",
                e);
        }
    }

    FetchedArchive? FromCache(SourceArchive archive, string path)
    {
        if (!File.Exists(path))
            return null;
        var actual = Fingerprint.Sha256OfFile(path);
        if (actual == archive.Sha256)
            return new FetchedArchive(archive, path, "cache", signatures.Verify(archive, path, SignatureFileOf(archive, path)));
        log.Warning(
            "{File} is damaged and was deleted: its SHA-256 is {Actual}, expected {Expected}", path, actual, archive.Sha256);
        File.Delete(path);
        return null;
    }

    FetchedArchive FromLocations(SourceArchive archive, string path, IProgress<WorkProgress>? progress)
    {
        var failures = new List<string>();
        using var transfer = new ArchiveTransfer(path, policy ?? TransferPolicy.Default);
        foreach (var location in locations.Of(archive))
        {
            try
            {
                transfer.Get(archive, location, progress);
                if (archive.Signature is { } signature)
                    transfer.GetSignature(location.WithSuffix(signature.Suffix), SignatureFileOf(archive, path));
                var note = VerifyNew(archive, transfer.PartialFile, SignatureFileOf(archive, path));
                transfer.Finish();
                return new FetchedArchive(archive, path, location.ToString(), note);
            }
            catch (TransferException e)
            {
                var level = e.Fault == TransferFault.WrongContent ? LogEventLevel.Warning : LogEventLevel.Debug;
                log.Write(level, "{Location} {Reason}", location, e.Message);
                failures.Add($"{location}: {e.Message}");
            }
        }

        throw NotFound(archive, path, failures);
    }

    // An archive with a bad signature must not stay: the next run would find it in the cache and trust its hash.
    string VerifyNew(SourceArchive archive, string content, string signatureFile)
    {
        try
        {
            return signatures.Verify(archive, content, signatureFile);
        }
        catch (BuildException)
        {
            File.Delete(content);
            File.Delete(signatureFile);
            throw;
        }
    }

    BuildException NotFound(SourceArchive archive, string path, List<string> failures)
    {
        var reasons = IndentedLines.Of(failures);
        var head = locations.IsOffline
            ? $"{archive.FileName} is not in the cache, and the build is offline.{reasons}"
            : $"{archive.FileName} could not be fetched from any place:{reasons}";
        return new BuildException(
            $"{head}{Environment.NewLine}Put the file at {path} by hand (SHA-256 {archive.Sha256}, {archive.Size} bytes), "
            + "or name a URL or folder that holds it with --mirrors.");
    }

    static string SignatureFileOf(SourceArchive archive, string path) => path + (archive.Signature?.Suffix ?? ".asc");
}
