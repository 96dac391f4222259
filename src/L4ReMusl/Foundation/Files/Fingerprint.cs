using System.Security.Cryptography;
using System.Text;

namespace L4ReMusl.Foundation.Files;

/// <summary>Everything that the result of a stage depends on, by name, and a hash over it.</summary>
/// <remarks>The entries are kept, not only the hash, so that a stage can say <em>why</em> it runs again.</remarks>
public sealed class Fingerprint
{
    /// <summary>Makes a fingerprint of named inputs.</summary>
    /// <exception cref="ArgumentException">Two have the same name, so one of them would be ignored.</exception>
    public Fingerprint(params IEnumerable<(string Name, string Value)> inputs)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in inputs)
        {
            if (!entries.TryAdd(name, value))
                throw new ArgumentException($"A fingerprint has two inputs '{name}'", nameof(inputs));
        }

        Entries = entries;
        Digest = Sha256(string.Join('\n', entries.Select(e => $"{e.Key}={e.Value}")));
    }

    /// <summary>The inputs, sorted by name.</summary>
    public IReadOnlyDictionary<string, string> Entries { get; }

    /// <summary>SHA-256 over all entries, in lower-case hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>The names of the inputs that are new, gone or different in <paramref name="now"/>.</summary>
    public IReadOnlyList<string> Changes(Fingerprint now) =>
        [.. Entries.Keys.Union(now.Entries.Keys)
            .Where(name => Entries.GetValueOrDefault(name) != now.Entries.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal)];

    /// <summary>The fingerprint with one more input.</summary>
    public Fingerprint With((string Name, string Value) input) =>
        new([.. Entries.Select(entry => (entry.Key, entry.Value)), input]);

    /// <summary>SHA-256 of a text (UTF-8), in lower-case hexadecimal.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>SHA-256 of a file's bytes, in lower-case hexadecimal.</summary>
    public static string Sha256OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
