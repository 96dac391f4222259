using System.Security.Cryptography;
using System.Text;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Caching;

/// <summary>
/// A digest of all of a result that a cache must give back: types, modes, times (in whole seconds), contents, link targets and
/// names, including the mode and time of the folder itself. No two different results have the same text to be hashed.
/// </summary>
sealed class TreeDigest : IDisposable
{
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The digest of a folder or file.</summary>
    public static string Of(string path)
    {
        using var digest = new TreeDigest();
        foreach (var entry in Entries(path))
        {
            if (entry.LinkTarget is { } target)
                digest.AddLink(entry.Path, entry.LastWriteTimeUtc, target);
            else if (entry.IsFolder)
                digest.AddFolder(entry.Path, entry.LastWriteTimeUtc, entry.Mode);
            else
                digest.AddFile(entry.Path, entry.LastWriteTimeUtc, entry.Mode, Fingerprint.Sha256OfFile(entry.In(path)));
        }

        return digest.Value();
    }

    /// <summary>
    /// The folder or file itself, with an empty path, and then everything below it, folders before their content.
    /// </summary>
    public static IReadOnlyList<FileTreeEntry> Entries(string path)
    {
        var self = new FileTreeEntry("", Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path));
        return [self, .. self.IsFolder ? FileTree.List(path) : []];
    }

    /// <summary>Adds a file.</summary>
    /// <param name="path">Its path below the root; the order of the entries counts.</param>
    /// <param name="time">Its time.</param>
    /// <param name="mode">Its mode.</param>
    /// <param name="sha256">The SHA-256 of its content, in lower-case hexadecimal.</param>
    public void AddFile(string path, DateTime time, UnixFileMode mode, string sha256) =>
        Add('f', Octal(mode), time, sha256, path);

    /// <summary>Adds a folder.</summary>
    /// <inheritdoc cref="AddFile"/>
    public void AddFolder(string path, DateTime time, UnixFileMode mode) => Add('d', Octal(mode), time, "", path);

    /// <summary>Adds a symbolic link.</summary>
    /// <inheritdoc cref="AddFile"/>
    public void AddLink(string path, DateTime time, string target) => Add('l', "", time, target, path);

    /// <summary>The digest of all entries, in lower-case hexadecimal.</summary>
    public string Value() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8);

    // The fields are separated by a character that none of them can contain, and each entry has as many.
    void Add(char type, string mode, DateTime time, string content, string path) => hash.AppendData(
        Encoding.UTF8.GetBytes($"{type}\0{mode}\0{new DateTimeOffset(time).ToUnixTimeSeconds()}\0{content}\0{path}\0"));
}
