using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Sources;

/// <summary>Reads what lies at locations, in a folder or behind an address.</summary>
/// <param name="policy">How patient downloads are.</param>
sealed class LocationReader(TransferPolicy policy) : IDisposable
{
    const int MaximumSignatureSize = 64 * 1024;

    readonly Lazy<HttpDownload> http = new(() => new HttpDownload(policy));

    /// <summary>Appends the bytes at a location to a file; if they cannot be continued, they replace what it has.</summary>
    /// <param name="location">The location.</param>
    /// <param name="target">The file.</param>
    /// <param name="maximum">How many bytes the file may have then.</param>
    /// <param name="onLength">Is told how many it has, now and then.</param>
    /// <exception cref="TransferException">They are not there, or are more.</exception>
    public void Append(ArchiveLocation location, FileStream target, long maximum, Action<long>? onLength)
    {
        if (location.Url is { } url)
            http.Value.Continue(url, target, maximum, onLength).GetAwaiter().GetResult();
        else
            Copy(location.LocalPath!, target, maximum);
    }

    /// <summary>Gets the signature of an archive, if it is there.</summary>
    public void GetSignature(ArchiveLocation location, string signatureFile)
    {
        try
        {
            AtomicFile.Make(signatureFile, part => GetIfSignature(location, part));
        }
        catch (TransferException)
        {
            // The caller tells the user that there is none.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (http.IsValueCreated)
            http.Value.Dispose();
    }

    void GetIfSignature(ArchiveLocation location, string file)
    {
        using (var stream = File.Create(file))
            Append(location, stream, MaximumSignatureSize, null);
        if (!SignatureVerifier.IsSignature(file))
            File.Delete(file);
    }

    static void Copy(string file, FileStream target, long maximum)
    {
        target.SetLength(0);
        try
        {
            using var source = File.OpenRead(file);
            if (source.Length > maximum)
            {
                throw new TransferException(
                    $"has {source.Length} bytes, more than the expected {maximum}", TransferFault.WrongContent);
            }

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
}
