using System.Text;
using System.Text.Json;

namespace L4ReMusl.CommandLine;

/// <summary>A parameter in a file.</summary>
/// <param name="Key">Its name, as it stands there.</param>
/// <param name="Value">Its value, of any type.</param>
public sealed record ParameterFileEntry(string Key, JsonElement Value);

/// <summary>A file that NUKE reads parameters from: <c>.nuke/parameters.json</c>, or the file of a profile.</summary>
public sealed class ParameterFile
{
    // NUKE accepts these as well.
    static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    ParameterFile(string path, JsonElement content)
    {
        var entries = new List<ParameterFileEntry>();
        foreach (var property in content.EnumerateObject())
            entries.Add(new ParameterFileEntry(property.Name, property.Value));
        (Path, Entries) = (path, entries);
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The parameters in it, by their keys.</summary>
    public IReadOnlyList<ParameterFileEntry> Entries { get; }

    /// <summary>Reads the files that apply to a run.</summary>
    /// <param name="folder">The folder <c>.nuke</c> of the repository.</param>
    /// <param name="profiles">The profiles that were asked for.</param>
    /// <returns>The files in order of precedence: the last profile comes first.</returns>
    /// <exception cref="BuildException">A profile has no file, or a file holds no JSON object.</exception>
    public static IReadOnlyList<ParameterFile> ReadAll(string folder, IReadOnlyList<string> profiles)
    {
        string FileOf(string profile) => System.IO.Path.Combine(folder, $"parameters.{profile}.json");
        foreach (var profile in profiles.Where(profile => !File.Exists(FileOf(profile))))
        {
            throw new BuildException(
                $"There is no profile '{profile}': create {FileOf(profile)}, or leave '--profile {profile}' out.");
        }

        return
        [
            .. profiles.Reverse().Select(FileOf).Append(System.IO.Path.Combine(folder, "parameters.json"))
                .Where(File.Exists).Select(Read),
        ];
    }

    /// <summary>The words of a list, or <see langword="null"/> if the file has no such key.</summary>
    public IReadOnlyList<string>? ListOf(string key) =>
        Entries.LastOrDefault(entry => entry.Key == key)?.Value is { ValueKind: JsonValueKind.Array } value
            ? [.. value.EnumerateArray().Select(item => item.ToString())]
            : null;

    static ParameterFile Read(string path)
    {
        try
        {
            // Reading it as text removes a byte order mark, which the JSON parser rejects.
            using var document = JsonDocument.Parse(File.ReadAllText(path, Encoding.UTF8), Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ParameterFile(path, document.RootElement.Clone())
                : throw new BuildException($"{path} holds no JSON object; write it as {{ \"Jobs\": \"4\" }}.");
        }
        catch (JsonException e)
        {
            throw new BuildException($"{path} is not JSON: {e.Message} Write it as {{ \"Jobs\": \"4\" }}.", e);
        }
    }
}
