using System.Formats.Tar;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Sources;

namespace L4ReMusl.Versions;

/// <summary>Fetches an archive whose SHA-256 is not known yet.</summary>
/// <param name="locations">Where to look.</param>
/// <param name="signatures">Checks its signature.</param>
/// <param name="policy">How patient downloads are.</param>
sealed class ReleaseFetcher(ArchiveLocations locations, SignatureVerifier signatures, TransferPolicy policy)
{
    // musl's archives have about one megabyte.
    const long MaximumSize = 64 << 20;

    /// <summary>Fetches and unpacks a release, from the first place that has a valid archive.</summary>
    /// <param name="expected">Its names and places.</param>
    /// <param name="folder">The folder for the archive and its signature.</param>
    /// <param name="tree">The folder for its files.</param>
    /// <exception cref="BuildException">No place has it, or its signature is bad.</exception>
    public FetchedArchive Fetch(SourceArchive expected, string folder, string tree)
    {
        var path = Path.Combine(folder, expected.FileName);
        var failures = new List<string>();
        using var reader = new LocationReader(policy);
        foreach (var location in locations.Of(expected))
        {
            try
            {
                Get(reader, location, path);
                new ArchiveExtractor().Extract(path, expected.TopFolder, tree);
                var (size, hash) = (new FileInfo(path).Length, Fingerprint.Sha256OfFile(path));
                var found = expected with { Released = DayOf(path), Size = size, Sha256 = hash };
                return new FetchedArchive(found, path, location.ToString(), Verify(reader, found, path, location));
            }
            catch (TransferException e)
            {
                failures.Add($"{location}: {e.Message}");
            }
            catch (BuildException e) when (!Path.Exists(tree))
            {
                failures.Add($"{location}: {e.Message}");
            }
        }

        throw new BuildException(
            $"{expected.FileName} could not be fetched from any place{(locations.IsOffline ? ", and the build is offline" : "")}:"
            + IndentedLines.Of(failures)
            + $"{Environment.NewLine}Name a URL or folder that holds it with --mirrors.");
    }

    string Verify(LocationReader reader, SourceArchive archive, string path, ArchiveLocation location)
    {
        if (archive.Signature is not { } signature)
            return signatures.Verify(archive, path, path);
        var file = path + signature.Suffix;
        reader.GetSignature(location.WithSuffix(signature.Suffix), file);
        return signatures.Verify(archive, path, file);
    }

    static void Get(LocationReader reader, ArchiveLocation location, string path)
    {
        try
        {
            using var stream = File.Create(path);
            reader.Append(location, stream, MaximumSize, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferException(e.Message);
        }
    }

    // Upstream makes the archive on the day of the release, so its newest file has that day or an earlier one.
    static DateOnly DayOf(string path)
    {
        using var stream = Decompressor.Open(path);
        using var reader = new TarReader(stream);
        var newest = DateTimeOffset.MinValue;
        while (reader.GetNextEntry() is { } entry)
            newest = entry.ModificationTime > newest ? entry.ModificationTime : newest;
        return DateOnly.FromDateTime(newest.UtcDateTime);
    }
}
