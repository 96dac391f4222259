using System.Text.Json;
using L4ReMusl.CommandLine;

namespace L4ReMusl.Sources;

/// <summary>The archives that the build knows, read from a JSON file: a new version is a new record there.</summary>
public sealed class SourceCatalogue
{
    readonly string path;

    SourceCatalogue(string path, IReadOnlyList<SourceArchive> archives) => (this.path, Archives) = (path, archives);

    /// <summary>All archives, in the order of the file.</summary>
    public IReadOnlyList<SourceArchive> Archives { get; }

    /// <summary>Reads and checks a catalogue.</summary>
    /// <exception cref="BuildException">The file cannot be read, or a record in it is incomplete or wrong.</exception>
    public static SourceCatalogue Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var archives = new List<SourceArchive>();
            foreach (var record in json.RootElement.GetProperty("archives").EnumerateArray())
            {
                var archive = CatalogueRecord.Read(path, record);
                Check(path, archive);
                if (archives.Exists(a => a.Name == archive.Name && a.Version == archive.Version))
                    throw new BuildException($"{path} has {archive.Name} {archive.Version} twice; keep one of the records.");
                archives.Add(archive);
            }

            return new SourceCatalogue(path, archives);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new BuildException($"{path} is not a catalogue of sources: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new BuildException($"The catalogue of sources {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Finds an archive.</summary>
    /// <exception cref="BuildException">There is none; the message lists the versions that there are.</exception>
    public SourceArchive Find(string name, string version)
    {
        if (Archives.FirstOrDefault(a => a.Name == name && a.Version == version) is { } archive)
            return archive;
        string[] versions = [.. Archives.Where(a => a.Name == name).Select(a => a.Version)];
        if (versions.Length == 0)
            throw new BuildException($"There is no '{name}' in {path}; it has {List(Archives.Select(a => a.Name).Distinct())}.");
        throw new BuildException(
            $"There is no {name} '{version}' in {path}; it has {List(versions)}.{NearestMatch.Question(version, versions)}");
    }

    static string List(IEnumerable<string> words) => string.Join(", ", words);

    static void Check(string path, SourceArchive archive)
    {
        Demand(IsPlainName(archive.FileName), "fileName", archive.FileName, "be a file name without a folder");
        Demand(IsPlainName(archive.TopFolder), "topFolder", archive.TopFolder, "be a folder name without a slash");
        Demand(archive.Size > 0, "size", archive.Size, "be the archive's size in bytes");
        Demand(IsHex(archive.Sha256, 64, "0123456789abcdef"), "sha256", archive.Sha256, "be 64 lower-case hexadecimal digits");
        foreach (var url in archive.Urls)
            Demand(ArchiveLocation.IsWeb(url), "urls", url, "be http or https addresses");
        if (archive.Signature is { } signature)
        {
            Demand(IsHex(signature.Fingerprint, 40, "0123456789ABCDEF"), "fingerprint", signature.Fingerprint, "be 40 upper-case hexadecimal digits");
            Demand(IsPlainName(signature.KeyFile), "keyFile", signature.KeyFile, "be a file name without a folder");
            Demand(signature.Suffix.StartsWith('.') && IsPlainName(signature.Suffix), "suffix", signature.Suffix, "begin with a dot");
        }

        void Demand(bool isMet, string field, object value, string rule)
        {
            if (!isMet)
                throw new BuildException($"{path}: '{field}' of {archive.Name} {archive.Version} is '{value}', but it must {rule}.");
        }
    }

    static bool IsPlainName(string name) => name.Length > 0 && name is not ("." or "..") && !name.Contains('/', StringComparison.Ordinal);

    // Not regular expressions: loading them takes longer than all the rest of a fetch that finds its archive in the cache.
    static bool IsHex(string text, int length, string digits) => text.Length == length && !text.AsSpan().ContainsAnyExcept(digits);
}
