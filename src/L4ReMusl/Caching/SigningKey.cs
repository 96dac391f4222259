using System.Security.Cryptography;

namespace L4ReMusl.Caching;

/// <summary>
/// A key that proves who made a result: those who have the private key sign results, everybody else checks with the public one.
/// </summary>
/// <remarks>
/// ECDSA, because .NET has no Ed25519. A shared secret would be no shorter, and everybody who can check results could forge them.
/// </remarks>
public sealed class SigningKey
{
    const string Remedy = "Make one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out cache.key; "
        + "openssl pkey -in cache.key -pubout -out cache.pub";

    readonly ECDsa key;
    readonly Lock turn = new();

    SigningKey(ECDsa key, bool canSign) => (this.key, CanSign) = (key, canSign);

    /// <summary>Whether it is a private key.</summary>
    public bool CanSign { get; }

    /// <summary>Reads a key from a file.</summary>
    /// <exception cref="BuildException">It cannot be read, or is not such a key.</exception>
    public static SigningKey Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), $"'{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException($"The key of the remote cache, '{path}', cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a key from text in the format PEM.</summary>
    /// <param name="pem">The text; its line breaks may have become spaces, as in the variables of some CI systems.</param>
    /// <param name="origin">Where the text comes from, for messages, which never contain the text itself.</param>
    /// <exception cref="BuildException">It is not such a key.</exception>
    public static SigningKey Parse(string pem, string origin)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new SigningKey(key, canSign: pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new BuildException(
                $"The key of the remote cache, {origin}, is not an elliptic-curve key in the format PEM without a passphrase. "
                + Remedy,
                e);
        }
    }

    /// <summary>Signs a statement.</summary>
    public byte[] Sign(byte[] statement)
    {
        lock (turn)
            return key.SignData(statement, HashAlgorithmName.SHA256);
    }

    /// <summary>Whether the private key signed a statement.</summary>
    public bool Verify(byte[] statement, byte[] signature)
    {
        lock (turn)
            return key.VerifyData(statement, signature, HashAlgorithmName.SHA256);
    }
}
