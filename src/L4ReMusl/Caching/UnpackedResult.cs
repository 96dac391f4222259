using System.Buffers;
using System.Formats.Tar;
using System.Security.Cryptography;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Caching;

/// <summary>A result made from the entries of an archive that anybody may have written.</summary>
/// <remarks>
/// Links are made after everything else, so no entry can be written through one. What exists is never replaced. Anything else
/// that is wrong shows in the digest.
/// </remarks>
/// <param name="target">The folder or file to make.</param>
sealed class UnpackedResult(string target) : IDisposable
{
    const UnixFileMode OwnersAccess = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const int BufferSize = 128 * 1024;

    readonly HashSet<string> paths = new(StringComparer.Ordinal);
    readonly OrderedDictionary<string, TarEntry> folders = new(StringComparer.Ordinal);
    readonly Dictionary<string, TarEntry> links = new(StringComparer.Ordinal);
    readonly TreeDigest digest = new(); // Of what is written, because reading it back would take as long again.
    readonly IncrementalHash contents = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);

    /// <summary>Writes a file or folder, or remembers a link.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="path">Its path below the target, without "..": empty for the target itself.</param>
    /// <exception cref="BadResultException">No result can have such an entry.</exception>
    public void Add(TarEntry entry, string path)
    {
        if (path.Length > 0 && !folders.ContainsKey(path[..Math.Max(path.LastIndexOf('/'), 0)]))
            throw new BadResultException("it has an entry without its folder");
        if (!paths.Add(path))
            throw new BadResultException("it has two entries of one name");
        var time = entry.ModificationTime.UtcDateTime;
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Directory.CreateDirectory(Full(path), OwnersAccess);
                folders.Add(path, entry);
                digest.AddFolder(path, time, entry.Mode);
                break;
            case TarEntryType.RegularFile:
                digest.AddFile(path, time, entry.Mode, Write(entry, Full(path)));
                break;
            case TarEntryType.SymbolicLink when path.Length > 0:
                links.Add(path, entry);
                digest.AddLink(path, time, entry.LinkName);
                break;
            default:
                throw new BadResultException($"it has an entry of the kind {entry.EntryType}");
        }
    }

    /// <summary>Makes the links, and sets the modes and times of the folders.</summary>
    /// <returns>The digest of the result (see <see cref="TreeDigest"/>).</returns>
    /// <exception cref="BadResultException">A link leads out of the result.</exception>
    public string Finish()
    {
        if (LinkRule.Violation(links.ToDictionary(link => link.Key, link => link.Value.LinkName)) is not null)
            throw new BadResultException("it has a link that leads out of it");
        foreach (var (path, entry) in links)
        {
            File.CreateSymbolicLink(Full(path), entry.LinkName);
            File.SetLastWriteTimeUtc(Full(path), entry.ModificationTime.UtcDateTime);
        }

        // Children first: every change in a folder changes its time, and a mode may forbid changes.
        foreach (var (path, entry) in folders.Reverse())
        {
            Directory.SetLastWriteTimeUtc(Full(path), entry.ModificationTime.UtcDateTime);
            File.SetUnixFileMode(Full(path), entry.Mode);
        }

        return digest.Value();
    }

    /// <summary>Deletes what was made.</summary>
    public void Discard()
    {
        foreach (var path in folders.Keys.Where(path => Directory.Exists(Full(path))))
            File.SetUnixFileMode(Full(path), OwnersAccess);
        FileTree.Delete(target);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        digest.Dispose();
        contents.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    string Full(string path) => path.Length > 0 ? Path.Combine(target, path) : target;

    // Returns the SHA-256 of the content.
    string Write(TarEntry entry, string path)
    {
        // Another user could run such a program with the rights of the user who builds.
        if ((entry.Mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0)
            throw new BadResultException("it has a set-user-ID or set-group-ID program");
        // Without sharing, because .NET asks for the type of the file system otherwise.
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var position = 0L;
        while (entry.DataStream?.Read(buffer) is > 0 and var count)
        {
            contents.AppendData(buffer, 0, count);
            RandomAccess.Write(file, buffer.AsSpan(0, count), position);
            position += count;
        }

        File.SetUnixFileMode(file, entry.Mode);
        File.SetLastWriteTimeUtc(file, entry.ModificationTime.UtcDateTime);
        return Convert.ToHexStringLower(contents.GetHashAndReset());
    }
}
