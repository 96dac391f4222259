using System.Security.Cryptography;
using L4ReMusl.Incremental;

namespace L4ReMusl.Images;

/// <summary>A hash over everything of a tree that goes into an image: names, modes, contents and link targets.</summary>
public static class TreeHash
{
    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Of(string tree) => Fingerprint.Sha256(string.Join('\0', FileTree.List(tree).Select(entry =>
        $"{entry.Path} {Convert.ToString((int)entry.Mode, 8)} "
        + (entry.IsFile ? Fingerprint.Sha256OfFile(Path.Combine(tree, entry.Path)) : entry.LinkTarget ?? "/"))));

    /// <summary>
    /// The identity of a file system with a certain content: the same content gives the same one, on every machine.
    /// A version 8 UUID (RFC 9562, section 5.8: a meaning of one's own), the first bits of a SHA-256.
    /// </summary>
    public static Guid Uuid(string hash)
    {
        var bytes = SHA256.HashData(Convert.FromHexString(hash)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
