using System.Text.RegularExpressions;
using L4ReMusl.Sources;

namespace L4ReMusl.Versions;

/// <summary>What is known of a release before its archive is fetched: the previous record, with the new version.</summary>
static partial class ReleaseRecord
{
    /// <summary>The newest release of a project in a catalogue.</summary>
    /// <exception cref="BuildException">There is none.</exception>
    public static SourceArchive Newest(SourceCatalogue catalogue, string name) => catalogue.Archives
        .Where(archive => archive.Name == name)
        .MaxBy(archive => Version.Parse(archive.Version))
        ?? throw new BuildException($"The catalogue of sources has no release of {name} to start from; restore one.");

    /// <summary>The record of another version, with empty values for size, hash and day.</summary>
    public static SourceArchive For(SourceArchive known, string version)
    {
        return known with
        {
            Version = version,
            Released = default,
            FileName = Renamed(known.FileName),
            Size = 0,
            Sha256 = "",
            TopFolder = Renamed(known.TopFolder),
            // URLs with another version in them, such as that of a distribution, are dropped: the new one cannot be guessed.
            Urls = [.. known.Urls.Where(url => !OtherVersion().IsMatch(Without(known.Version, url))).Select(Renamed)],
            DebianPool = known.DebianPool is { } pool ? Renamed(pool) : null,
        };

        string Renamed(string text) => text.Replace(known.Version, version, StringComparison.Ordinal);
    }

    static string Without(string version, string url) => new Uri(url).AbsolutePath.Replace(version, "", StringComparison.Ordinal);

    /// <summary>Checks that a text is a valid version.</summary>
    /// <exception cref="BuildException">It is not.</exception>
    public static void CheckVersion(string version)
    {
        if (!ReleaseNumber().IsMatch(version))
            throw new BuildException($"'{version}' is not a version of musl; write it as in '--musl-version 1.2.7'.");
    }

    [GeneratedRegex(@"/[a-z]*\d+\.\d+")]
    private static partial Regex OtherVersion();

    [GeneratedRegex(@"^\d{1,4}(\.\d{1,4}){1,3}$")]
    private static partial Regex ReleaseNumber();
}
