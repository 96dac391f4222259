using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Sources;

/// <summary>Reads files from locations: folders or URLs.</summary>
/// <param name="policy">How patient downloads are.</param>
sealed class LocationReader(TransferPolicy policy) : IDisposable
{
    const int MaximumSignatureSize = 64 * 1024;

    readonly Lazy<HttpDownload> http = new(() => new HttpDownload(policy));

    /// <summary>Completes a file with the bytes at a location, or replaces its content if that can't be continued.</summary>
    /// <param name="location">The location.</param>
    /// <param name="target">The file.</param>
    /// <param name="maximum">The maximum size of the file in bytes.</param>
    /// <param name="onLength">Called now and then with the number of bytes so far.</param>
    /// <exception cref="TransferException">The location has no such file, or a larger one.</exception>
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
            // The caller reports that there is no signature.
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
