using System.Security.Cryptography;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Sources;

/// <summary>One attempt to bring an archive to its place in the cache: a partial file that grows, and is renamed when it is right.</summary>
/// <remarks>
/// The partial file survives a broken connection or a killed build, and the next one continues it. Only the holder of a lock does
/// that; a second process that fetches the same file at the same time uses a partial file of its own.
/// </remarks>
sealed class ArchiveTransfer : IDisposable
{
    const int MaximumSignatureSize = 64 * 1024;

    readonly string path;
    readonly FileStream? turn;
    readonly FileStream partial;
    readonly Lazy<HttpDownload> http;

    /// <summary>Opens the partial file.</summary>
    /// <param name="path">Where the archive will lie.</param>
    /// <param name="policy">How patient downloads are.</param>
    public ArchiveTransfer(string path, TransferPolicy policy)
    {
        this.path = path;
        http = new Lazy<HttpDownload>(() => new HttpDownload(policy));
        turn = TryLock(path + ".lock");
        PartialFile = turn is null ? $"{path}.{Path.GetRandomFileName()}.part" : path + ".part";
        partial = new FileStream(PartialFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>The file in the making.</summary>
    public string PartialFile { get; }

    /// <summary>Gets the archive from one place, and checks it.</summary>
    /// <exception cref="TransferException">It is not there, or other bytes are.</exception>
    public void Get(SourceArchive archive, ArchiveLocation location, IProgress<WorkProgress>? progress)
    {
        if (partial.Length == archive.Size && Sha256() == archive.Sha256)
            return; // A build was killed between the last byte and the renaming.
        if (partial.Length >= archive.Size)
            partial.SetLength(0);
        var isContinued = partial.Length > 0;
        Action<long> onLength = length => progress?.Report(new WorkProgress(length, archive.Size));
        Append(location, partial, archive.Size, onLength);
        if (isContinued && Sha256() != archive.Sha256)
        {
            partial.SetLength(0); // What was continued may have been the beginning of something else.
            Append(location, partial, archive.Size, onLength);
        }

        var (size, hash) = (partial.Length, Sha256());
        if (hash == archive.Sha256)
            return;
        partial.SetLength(0);
        throw new TransferException(
            $"gave other bytes, which were deleted: {size} bytes with SHA-256 {hash}, expected {archive.Size} bytes with {archive.Sha256}",
            TransferFault.WrongContent);
    }

    /// <summary>Gets the signature from one place, if it is there.</summary>
    public void GetSignature(ArchiveLocation location, string signatureFile)
    {
        var scratch = $"{signatureFile}.{Path.GetRandomFileName()}.part";
        try
        {
            using (var stream = File.Create(scratch))
                Append(location, stream, MaximumSignatureSize, null);
            if (SignatureVerifier.IsSignature(scratch))
                File.Move(scratch, signatureFile, overwrite: true);
        }
        catch (TransferException)
        {
            // The caller tells the user that there is none.
        }
        finally
        {
            File.Delete(scratch);
        }
    }

    /// <summary>Puts the archive in its place.</summary>
    public void Finish() => File.Move(PartialFile, path, overwrite: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (partial.Length == 0 || turn is null)
            File.Delete(PartialFile);
        partial.Dispose();
        turn?.Dispose();
        if (http.IsValueCreated)
            http.Value.Dispose();
    }

    void Append(ArchiveLocation location, FileStream target, long maximum, Action<long>? onLength)
    {
        if (location.Url is { } url)
            http.Value.Continue(url, target, maximum, onLength).GetAwaiter().GetResult();
        else
            Copy(location.LocalPath!, target, maximum);
    }

    static void Copy(string file, FileStream target, long maximum)
    {
        target.SetLength(0);
        try
        {
            using var source = File.OpenRead(file);
            if (source.Length > maximum)
                throw new TransferException($"has {source.Length} bytes, expected {maximum}", TransferFault.WrongContent);
            source.CopyTo(target);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TransferException("no such file");
        }
        catch (UnauthorizedAccessException)
        {
            throw new TransferException("cannot be read");
        }
    }

    string Sha256()
    {
        partial.Seek(0, SeekOrigin.Begin);
        return Convert.ToHexStringLower(SHA256.HashData(partial));
    }

    // The lock file stays: deleting it would let two processes hold locks on two files of the same name.
    static FileStream? TryLock(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
