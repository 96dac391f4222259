namespace L4ReMusl.Sources;

/// <summary>A stream that fails after a maximum number of bytes, since even a small archive may unpack to a huge size.</summary>
/// <param name="source">The stream to read.</param>
/// <param name="maximum">The maximum number of bytes.</param>
sealed class BoundedStream(Stream source, long maximum) : Stream
{
    long count;

    /// <summary>Whether the end of the source was reached.</summary>
    public bool HasEnded { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => count; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">There are more bytes than allowed.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = source.Read(buffer, offset, count);
        HasEnded |= read == 0 && count > 0;
        Spend(read);
        return read;
    }

    /// <summary>Counts bytes that an entry takes but that are not in the stream, such as a second copy of a file.</summary>
    /// <exception cref="InvalidDataException">There are more bytes than allowed.</exception>
    public void Spend(long bytes)
    {
        count += bytes;
        if (count > maximum)
            throw new InvalidDataException($"it unpacks to more than {maximum} bytes");
    }

    /// <summary>Reads the rest, so that the checksum at the end is checked.</summary>
    public void Drain() => CopyTo(Null);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }
}
