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
    readonly string path;
    readonly FileStream? turn;
    readonly FileStream partial;
    readonly LocationReader reader;

    /// <summary>Opens the partial file.</summary>
    /// <param name="path">Where the archive will lie.</param>
    /// <param name="policy">How patient downloads are.</param>
    public ArchiveTransfer(string path, TransferPolicy policy)
    {
        this.path = path;
        reader = new LocationReader(policy);
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
        reader.Append(location, partial, archive.Size, onLength);
        if (isContinued && Sha256() != archive.Sha256)
        {
            partial.SetLength(0); // What was continued may have been the beginning of something else.
            reader.Append(location, partial, archive.Size, onLength);
        }

        var (size, hash) = (partial.Length, Sha256());
        if (hash == archive.Sha256)
            return;
        partial.SetLength(0);
        throw new TransferException(
            $"gave other bytes, which were deleted: {size} bytes with SHA-256 {hash}, expected {archive.Size} bytes with {archive.Sha256}",
            TransferFault.WrongContent);
    }

    /// <inheritdoc cref="LocationReader.GetSignature"/>
    public void GetSignature(ArchiveLocation location, string signatureFile) => reader.GetSignature(location, signatureFile);

    /// <summary>Puts the archive in its place.</summary>
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
