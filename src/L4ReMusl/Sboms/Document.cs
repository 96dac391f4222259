using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace L4ReMusl.Sboms;

/// <summary>What the writers of all documents share.</summary>
static class Document
{
    // Quotes and other characters stay readable. That is safe, since the documents are never part of a web page.
    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    public static string Render(JsonObject json) => json.ToJsonString(Readable) + "\n";

    public static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items];

    /// <summary>An object with the fields that have a value.</summary>
    public static JsonObject Object(params (string Name, JsonNode? Value)[] fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields.Where(field => field.Value is not null and not JsonArray { Count: 0 }))
            json[name] = value;
        return json;
    }
}
