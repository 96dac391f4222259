using System.Security.Cryptography;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Sources;

/// <summary>An attempt to fetch an archive into the cache: a partial file grows, and is renamed when it is right.</summary>
/// <remarks>
/// The partial file survives a broken connection or a killed build, and the next build continues it. Only the holder of a
/// lock uses it; another process that fetches the same file at the same time uses a temporary one.
/// </remarks>
sealed class ArchiveTransfer : IDisposable
{
    readonly string path;
    readonly FileStream? turn;
    readonly FileStream partial;
    readonly LocationReader reader;

    /// <summary>Opens the partial file.</summary>
    /// <param name="path">The final path of the archive.</param>
    /// <param name="policy">How patient downloads are.</param>
    public ArchiveTransfer(string path, TransferPolicy policy)
    {
        this.path = path;
        reader = new LocationReader(policy);
        turn = TryLock(path + ".lock");
        PartialFile = turn is null ? $"{path}.{Path.GetRandomFileName()}.part" : path + ".part";
        partial = new FileStream(
            PartialFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>The partial file.</summary>
    public string PartialFile { get; }

    /// <summary>Gets the archive from one place, and checks it.</summary>
    /// <exception cref="TransferException">It is not there, or its bytes are wrong.</exception>
    public void Get(SourceArchive archive, ArchiveLocation location, IProgress<WorkProgress>? progress)
    {
        if (partial.Length == archive.Size && Sha256() == archive.Sha256)
            return; // A build was killed between the last byte and the rename.
        if (partial.Length >= archive.Size)
            partial.SetLength(0);
        var isContinued = partial.Length > 0;
        Action<long> onLength = length => progress?.Report(new WorkProgress(length, archive.Size));
        reader.Append(location, partial, archive.Size, onLength);
        if (isContinued && Sha256() != archive.Sha256)
        {
            partial.SetLength(0); // The partial file may have been the beginning of a different file.
            reader.Append(location, partial, archive.Size, onLength);
        }

        var (size, hash) = (partial.Length, Sha256());
        if (hash == archive.Sha256)
            return;
        partial.SetLength(0);
        throw new TransferException(
            $"has a different file, which was deleted: {size} bytes with SHA-256 {hash}, expected {archive.Size} bytes with "
            + archive.Sha256,
            TransferFault.WrongContent);
    }

    /// <inheritdoc cref="LocationReader.GetSignature"/>
    public void GetSignature(ArchiveLocation location, string signatureFile) => reader.GetSignature(location, signatureFile);

    /// <summary>Renames the partial file to the final path.</summary>
    public void Finish() => File.Move(PartialFile, path, overwrite: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (partial.Length == 0 || turn is null)
            File.Delete(PartialFile);
        partial.Dispose();
        turn?.Dispose();
        reader.Dispose();
    }

    string Sha256()
    {
        partial.Seek(0, SeekOrigin.Begin);
        return Convert.ToHexStringLower(SHA256.HashData(partial));
    }

    // The lock file is never deleted: otherwise, two processes could hold locks on two files of the same name.
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
