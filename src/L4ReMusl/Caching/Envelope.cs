using System.Security.Cryptography;
using System.Text;

namespace L4ReMusl.Caching;

/// <summary>
/// The form in which a remote cache keeps an archive: one line before it has the signature, <c>l4re-musl-result 1 SIGNATURE</c>
/// in base64, or <c>-</c> if there is none.
/// </summary>
/// <remarks>
/// The signature covers the name and the SHA-256 of the archive. It is checked before anything is unpacked, and nobody can pass
/// off one signed result as another.
/// </remarks>
static class Envelope
{
    const string Magic = "l4re-musl-result 1 ";
    const string Unsigned = "-";
    const int MaximumHeader = 512;

    /// <summary>The line that comes before an archive.</summary>
    /// <param name="key">The private key; <see langword="null"/> for no signature.</param>
    /// <param name="name">The name of the object in the cache.</param>
    /// <param name="archive">The archive, which is read from its position to its end.</param>
    public static byte[] Header(SigningKey? key, string name, Stream archive)
    {
        var signature = key is null ? Unsigned : Convert.ToBase64String(key.Sign(Statement(name, archive)));
        return Encoding.ASCII.GetBytes($"{Magic}{signature}\n");
    }

    /// <summary>Reads the line before an archive, and checks the signature.</summary>
    /// <param name="key">The public or private key; <see langword="null"/> if signatures do not matter.</param>
    /// <param name="name">The name of the object in the cache.</param>
    /// <param name="content">The object. Its position becomes the beginning of the archive.</param>
    /// <exception cref="BadResultException">It is not such an object, or its signature is missing or wrong.</exception>
    public static void Open(SigningKey? key, string name, FileStream content)
    {
        var header = ReadHeader(content);
        if (!header.StartsWith(Magic, StringComparison.Ordinal))
            throw new BadResultException("it is not a result of this build");
        if (key is null)
            return;
        var start = content.Position;
        if (header[Magic.Length..] == Unsigned)
            throw new BadResultException("it is not signed");
        var signature = new byte[MaximumHeader];
        if (!Convert.TryFromBase64String(header[Magic.Length..], signature, out var length)
            || !key.Verify(Statement(name, content), signature[..length]))
        {
            throw new BadResultException("its signature is not by the key of the remote cache");
        }

        content.Position = start;
    }

    static byte[] Statement(string name, Stream archive) =>
        Encoding.UTF8.GetBytes($"{Magic}{name} {Convert.ToHexStringLower(SHA256.HashData(archive))}\n");

    static string ReadHeader(FileStream content)
    {
        var bytes = new byte[MaximumHeader];
        var length = content.ReadAtLeast(bytes, MaximumHeader, throwOnEndOfStream: false);
        var end = bytes.AsSpan(0, length).IndexOf((byte)'\n');
        if (end < 0)
            throw new BadResultException("it is not a result of this build");
        content.Position = end + 1;
        return Encoding.ASCII.GetString(bytes, 0, end);
    }
}
