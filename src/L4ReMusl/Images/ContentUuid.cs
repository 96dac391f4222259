using System.Security.Cryptography;

namespace L4ReMusl.Images;

/// <summary>Derives UUIDs from content.</summary>
public static class ContentUuid
{
    /// <summary>
    /// The UUID of a file system with a certain content: the same content gives the same UUID on every machine.
    /// It is of version 8 (RFC 9562, section 5.8: vendor-specific), and holds the first bits of a SHA-256.
    /// </summary>
    public static Guid Of(string hash)
    {
        var bytes = SHA256.HashData(Convert.FromHexString(hash)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
