using System.Text.Json;

namespace L4ReMusl.Sources;

/// <summary>Reads the fields of one JSON object of the catalogue, all of which must be known.</summary>
/// <remarks>By hand: a serialiser, even a generated one, costs a build that has nothing to do three times as much as this.</remarks>
/// <param name="path">The catalogue's file, for messages.</param>
/// <param name="json">The object.</param>
sealed class CatalogueRecord(string path, JsonElement json)
{
    readonly HashSet<string> read = [];

    /// <summary>Reads an archive's record.</summary>
    /// <exception cref="BuildException">A field is missing, unknown, or of the wrong type.</exception>
    public static SourceArchive Read(string path, JsonElement json)
    {
        var record = new CatalogueRecord(path, json);
        var archive = new SourceArchive(
            record.Text("name"),
            record.Text("version"),
            DateOnly.TryParseExact(record.Text("released"), "yyyy-MM-dd", out var day) ? day : throw record.Wrong("released", "a day such as 2024-03-01"),
            record.Text("fileName"),
            record.Field("size", JsonValueKind.Number, "a number").TryGetInt64(out var size) ? size : throw record.Wrong("size", "a whole number"),
            record.Text("sha256"),
            record.Text("topFolder"),
            record.Texts("urls"),
            record.IsNull("debianPool") ? null : record.Text("debianPool"),
            record.IsNull("signature") ? null : Signature(path, record.Field("signature", JsonValueKind.Object, "an object")));
        record.Finish();
        return archive;
    }

    static SourceSignature Signature(string path, JsonElement json)
    {
        var record = new CatalogueRecord(path, json);
        var signature = new SourceSignature(record.Text("suffix"), record.Text("keyFile"), record.Text("fingerprint"));
        record.Finish();
        return signature;
    }

    string Text(string name) => Field(name, JsonValueKind.String, "a text").GetString()!;

    List<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var text in Field(name, JsonValueKind.Array, "a list of texts").EnumerateArray())
            texts.Add(text.ValueKind == JsonValueKind.String ? text.GetString()! : throw Wrong(name, "a list of texts"));
        return texts;
    }

    bool IsNull(string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null && read.Add(name);

    JsonElement Field(string name, JsonValueKind kind, string expected)
    {
        read.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : throw Wrong(name, expected);
    }

    BuildException Wrong(string name, string expected) =>
        new($"{path}: the record of {Owner} must have '{name}', {expected}.");

    void Finish()
    {
        foreach (var field in json.EnumerateObject())
        {
            if (!read.Contains(field.Name))
                throw new BuildException($"{path}: the record of {Owner} has '{field.Name}', which is not one of {string.Join(", ", read)}.");
        }
    }

    string Owner => json.TryGetProperty("fileName", out var name) ? $"{name}" : "a signature or archive";
}
