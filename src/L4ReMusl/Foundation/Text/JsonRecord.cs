using System.Text.Json;

namespace L4ReMusl.Foundation.Text;

/// <summary>Reads the fields of an object in a hand-written JSON file, and accepts no unknown ones.</summary>
/// <remarks>
/// Without a serialiser: even a generated one takes three times as long as this when a build has nothing to do.
/// </remarks>
/// <param name="path">The file, for messages.</param>
/// <param name="owner">What the object describes, for messages.</param>
/// <param name="json">The object.</param>
sealed class JsonRecord(string path, string owner, JsonElement json)
{
    readonly HashSet<string> read = [];

    /// <summary>Reads a file whose only field is a list of records.</summary>
    /// <param name="path">The file.</param>
    /// <param name="field">The field.</param>
    /// <param name="describes">What a record describes, for errors.</param>
    /// <param name="content">What the file has, for errors, as in "the {content} cannot be read".</param>
    /// <param name="fault">What is wrong with a file in another form, for errors.</param>
    /// <param name="read">Reads a record.</param>
    /// <exception cref="BuildException">The file cannot be read, or something in it is wrong.</exception>
    public static IReadOnlyList<T> ReadList<T>(
        string path, string field, string describes, string content, string fault, Func<JsonRecord, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var file = new JsonRecord(path, field, json.RootElement);
            var all = file.Objects(field, describes).Select(read).ToList();
            file.Finish();
            return all;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BuildException($"{path} {fault}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException($"The {content} in {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A text.</summary>
    public string Text(string name) => Field(name, JsonValueKind.String, "a text").GetString()!;

    /// <summary>A text that may be <see langword="null"/>, but not missing.</summary>
    public string? TextOrNull(string name) => IsNull(name) ? null : Text(name);

    /// <summary>A whole number.</summary>
    public long Number(string name) =>
        Field(name, JsonValueKind.Number, "a number").TryGetInt64(out var number) ? number : throw Wrong(name, "a whole number");

    /// <summary>Yes or no.</summary>
    public bool Flag(string name)
    {
        read.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong(name, "true or false");
    }

    /// <summary>A day.</summary>
    public DateOnly Day(string name) =>
        DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", out var day) ? day : throw Wrong(name, "a day such as 2024-03-01");

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var text in Field(name, JsonValueKind.Array, "a list of texts").EnumerateArray())
            texts.Add(text.ValueKind == JsonValueKind.String ? text.GetString()! : throw Wrong(name, "a list of texts"));
        return texts;
    }

    /// <summary>An object.</summary>
    public JsonRecord Object(string name, string describes) =>
        new(path, describes, Field(name, JsonValueKind.Object, "an object"));

    /// <summary>A list of objects.</summary>
    public IEnumerable<JsonRecord> Objects(string name, string describes)
    {
        foreach (var item in Field(name, JsonValueKind.Array, "a list of objects").EnumerateArray())
        {
            yield return item.ValueKind == JsonValueKind.Object
                ? new JsonRecord(path, describes, item)
                : throw Wrong(name, "a list of objects");
        }
    }

    /// <summary>Whether a field is there and <see langword="null"/>.</summary>
    public bool IsNull(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null && read.Add(name);

    /// <summary>Whether a field is there.</summary>
    public bool Has(string name) => json.TryGetProperty(name, out _);

    /// <summary>Checks, as the last call, that all fields of the object were read.</summary>
    /// <exception cref="BuildException">The object has a field that is unknown.</exception>
    public void Finish()
    {
        foreach (var field in json.EnumerateObject())
        {
            if (read.Contains(field.Name))
                continue;
            throw new BuildException(
                $"{path}: the record of {owner} has '{field.Name}', which is not one of {string.Join(", ", read)}.");
        }
    }

    JsonElement Field(string name, JsonValueKind kind, string expected)
    {
        read.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : throw Wrong(name, expected);
    }

    BuildException Wrong(string name, string expected) => new($"{path}: the record of {owner} must have '{name}', {expected}.");
}
