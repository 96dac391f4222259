using System.Text.Json;
using Nuke.Common.IO;

namespace Nuke.Common.Parameters;

/// <summary><c>.nuke/parameters.json</c> and the files of the chosen profiles; the last profile has priority.</summary>
sealed class ParameterFiles(AbsolutePath folder, string[] profiles)
{
    static readonly JsonDocumentOptions s_options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    IReadOnlyList<JsonElement> Documents => field ??= Load();

    /// <summary>A value, or <see langword="null"/>. Names are case-sensitive.</summary>
    /// <exception cref="JsonException">A file is not valid JSON.</exception>
    /// <exception cref="ArgumentException">The value has the wrong type.</exception>
    /// <exception cref="FileNotFoundException">A profile has no file.</exception>
    public object Get(string name, Type type)
    {
        foreach (var document in Documents)
        {
            if (document.TryGetProperty(name, out var value))
                return ValueConverter.Convert(name, Texts(name, value, type), type, boolDefault: false);
        }

        return null;
    }

    List<JsonElement> Load()
    {
        var files = profiles.Reverse().Select(x => folder / $"parameters.{x}.json").ToList();
        if (File.Exists(folder / "parameters.json"))
            files.Add(folder / "parameters.json");
        return [.. files.Select(Parse)];
    }

    static JsonElement Parse(AbsolutePath file)
    {
        try
        {
            var element = JsonDocument.Parse(File.ReadAllText(file), s_options).RootElement;
            return element.ValueKind == JsonValueKind.Object ? element : throw new JsonException("it is not an object");
        }
        catch (JsonException exception)
        {
            throw new JsonException($"'{file}' must hold a JSON object of parameters: {exception.Message}", exception);
        }
    }

    static List<string> Texts(string name, JsonElement value, Type type) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => [.. value.EnumerateArray().Select(x => x.ToString())],
        _ when type.IsArray => throw new ArgumentException($"'{name}' must be a list, like [\"{value}\"]"),
        _ => [value.ToString()],
    };
}
