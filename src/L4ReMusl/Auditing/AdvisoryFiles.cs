using System.Text.Json;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.Zip;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Sources;

namespace L4ReMusl.Auditing;

/// <summary>Reads advisories from files: each contains one or a list of them, or is a dump from OSV, a zip archive.</summary>
/// <remarks>The data is untrusted: reading it takes limited memory and time, and writes nothing.</remarks>
public static class AdvisoryFiles
{
    const long MostBytesOfFile = 64 << 20; // The largest in OSV's dumps has about 10 MB.
    const long MostEntries = 2_000_000; // The dump of everything has about half a million.
    const long MostBytesOfArchive = 32L << 30;

    /// <summary>Reads the advisories in files, and in those below folders that are named <c>*.json</c> or <c>*.zip</c>.</summary>
    /// <param name="places">The files and folders.</param>
    /// <exception cref="BuildException">A place is missing or holds no advisories, or a file is not in the format.</exception>
    public static IEnumerable<Advisory> Read(IEnumerable<string> places) => places.SelectMany(Read);

    static IEnumerable<Advisory> Read(string place)
    {
        if (!Directory.Exists(place))
            return ReadFile(place);
        string[] files =
        [
            .. FileTree.List(place)
                .Where(entry => entry.IsFile && IsData(entry.Path))
                .Select(entry => Path.Combine(place, entry.Path)),
        ];
        return files.Length > 0
            ? files.SelectMany(ReadFile)
            : throw new BuildException(
                $"The folder of advisories '{place}' has no file *.json or *.zip in it; name a folder with OSV's data.");
    }

    static bool IsData(string path) => Path.GetExtension(path) is ".json" or ".zip";

    static IEnumerable<Advisory> ReadFile(string path)
    {
        if (!File.Exists(path))
            throw new BuildException($"There are no advisories at '{path}': no file or folder has this name.");
        // A pipe or a device has no length, and reading it could block forever.
        if (new FileInfo(path).Length == 0)
        {
            throw new BuildException(
                $"'{path}' is empty, or not a regular file; advisories must be in OSV's format, as JSON or a zip archive of it.");
        }

        return IsZip(path) ? ReadZip(path) : ReadJson(path, Load(path));
    }

    static bool IsZip(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    static byte[] Load(string path)
    {
        if (new FileInfo(path).Length > MostBytesOfFile)
        {
            throw new BuildException(
                $"{path} has more than {MostBytesOfFile >> 20} MB, which is too much for a file of advisories; "
                + "use OSV's dump (all.zip) as downloaded.");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    static BuildException Unreadable(string path, Exception e) =>
        new($"The advisories in {path} cannot be read: {e.Message}", e);

    static IReadOnlyList<Advisory> ReadJson(string origin, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            // The nesting depth is limited (to 64 by default), so a hostile file cannot exhaust the stack.
            using var json = JsonDocument.Parse(bytes.Span is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes);
            var reader = new AdvisoryReader(origin);
            return json.RootElement.ValueKind == JsonValueKind.Array
                ? [.. json.RootElement.EnumerateArray().Select(reader.Read)]
                : [reader.Read(json.RootElement)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BuildException($"{origin} is not an advisory in OSV's format: {e.Message}", e);
        }
    }

    static IEnumerable<Advisory> ReadZip(string path)
    {
        using var zip = Open(path);
        if (zip.Count > MostEntries)
            throw new BuildException($"{path} has more than {MostEntries} files, which is too much for a dump from OSV.");
        var total = 0L;
        foreach (var entry in zip.Cast<ZipEntry>().Where(entry => entry.IsFile && Path.GetExtension(entry.Name) == ".json"))
        {
            var bytes = Unpack(path, zip, entry);
            total += bytes.Length;
            if (total > MostBytesOfArchive)
            {
                throw new BuildException(
                    $"{path} unpacks to more than {MostBytesOfArchive >> 30} GB, which is too much for a dump from OSV.");
            }

            foreach (var advisory in ReadJson($"{path} ({NameOf(entry)})", bytes))
                yield return advisory;
        }
    }

    static ZipFile Open(string path)
    {
        try
        {
            return new ZipFile(path);
        }
        catch (Exception e) when (IsDamage(e) || e is UnauthorizedAccessException)
        {
            throw new BuildException($"{path} is not a complete zip archive: {e.Message}", e);
        }
    }

    // Does not trust the size that the entry states.
    static byte[] Unpack(string path, ZipFile zip, ZipEntry entry)
    {
        try
        {
            using var stream = new BoundedStream(zip.GetInputStream(entry), MostBytesOfFile);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new BuildException($"{NameOf(entry)} in {path} cannot be unpacked: {e.Message}", e);
        }
    }

    // The exceptions that SharpZipLib throws for damaged archives.
    static bool IsDamage(Exception e) => e is SharpZipBaseException or InvalidDataException or IOException
        or NotSupportedException or ArgumentException or IndexOutOfRangeException or OverflowException;

    static string NameOf(ZipEntry entry) => new([.. entry.Name.Where(c => !char.IsControl(c)).Take(100)]);
}
