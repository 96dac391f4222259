using System.Text.Json;
using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Sources;

/// <summary>The archives that the build knows, read from a JSON file with a record for each version.</summary>
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
                var name = record.ValueKind == JsonValueKind.Object && record.TryGetProperty("fileName", out var file)
                    ? $"{file}"
                    : "an archive";
                var archive = ArchiveRecord.Read(path, new JsonRecord(path, name, record));
                if (archives.Exists(a => a.Name == archive.Name && a.Version == archive.Version))
                    throw new BuildException($"{path} has {archive.Name} {archive.Version} twice; remove one of the records.");
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
    /// <exception cref="BuildException">There is none; the message lists the versions in the catalogue.</exception>
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
}
