using System.Net;

namespace L4ReMusl.Caching;

/// <summary>The body of an upload: a header, and a file.</summary>
/// <param name="header">The header.</param>
/// <param name="file">The file.</param>
/// <param name="progress">Is told how many bytes were sent.</param>
sealed class UploadContent(byte[] header, FileStream file, TransferProgress progress) : HttpContent
{
    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        file.Position = 0;
        await stream.WriteAsync(header, progress.Stop).ConfigureAwait(false);
        var buffer = new byte[RemotePatience.Chunk];
        while (await file.ReadAsync(buffer, progress.Stop).ConfigureAwait(false) is > 0 and var count)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count), progress.Stop).ConfigureAwait(false);
            progress.Add(count);
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = header.Length + file.Length;
        return true;
    }
}
