using System.Reflection;
using System.Text.Json;
using Nuke.Common.IO;

namespace Nuke.Common.ValueInjection;

/// <summary><c>.nuke/parameters.json</c> and the files of the chosen profiles, of which the last comes first.</summary>
sealed class ParameterFiles(AbsolutePath root, string[] profiles, Type buildType)
{
    static readonly JsonDocumentOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    readonly Lazy<IReadOnlyList<JsonElement>> documents = new(() => Load(root / ".nuke", profiles));

    /// <summary>A value, or <see langword="null"/>. Names must match in letter case too.</summary>
    /// <exception cref="JsonException">A file is not valid JSON.</exception>
    /// <exception cref="ArgumentException">A profile has no file, or the value has the wrong type or is a secret.</exception>
    public object Get(string name, Type type)
    {
        foreach (var document in documents.Value)
        {
            if (document.TryGetProperty(name, out var value))
                return Convert(name, value, type);
        }

        return null;
    }

    static List<JsonElement> Load(AbsolutePath folder, string[] profiles)
    {
        var files = profiles.Reverse().Select(x => folder / $"parameters.{x}.json").ToList();
        foreach (var file in files)
            Assert.FileExists(file);
        if ((folder / "parameters.json").FileExists())
            files.Add(folder / "parameters.json");
        return [.. files.Select(Parse)];
    }

    static JsonElement Parse(AbsolutePath file)
    {
        try
        {
            var element = JsonDocument.Parse(File.ReadAllText(file), s_options).RootElement;
            return element.ValueKind == JsonValueKind.Object ? element : throw new JsonException("it is no object");
        }
        catch (JsonException exception)
        {
            throw new JsonException($"'{file}' must hold a JSON object of parameters: {exception.Message}", exception);
        }
    }

    object Convert(string name, JsonElement value, Type type)
    {
        var member = BuildMembers.GetInjected(buildType)
            .FirstOrDefault(x => x.Attribute is ParameterAttribute
                && BuildMembers.ParameterName(x.Member).Equals(name, StringComparison.OrdinalIgnoreCase)).Member;
        if (member?.IsDefined(typeof(SecretAttribute)) == true)
            throw new ArgumentException($"'{name}' is a secret; encrypted values need the package Nuke.Common, so pass it in the environment.");

        string[] texts = value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Array => [.. value.EnumerateArray().Select(x => x.ToString())],
            _ when type.IsArray => throw new ArgumentException($"'{name}' must be a list, like [\"{value}\"]"),
            _ => [value.ToString()],
        };
        if (type == typeof(AbsolutePath))
            texts = [.. texts.Select(x => PathConstruction.HasPathRoot(x) ? x : (string)(root / x))];
        return ValueConverter.Convert(texts, type, boolDefault: false);
    }
}
