using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using L4ReMusl.Sources;

namespace L4ReMusl.Versions;

/// <summary>Adds a record to the text of a catalogue of sources, and leaves the rest of it as it is.</summary>
static class CatalogueEntry
{
    const string Indent = "    "; // Of a record in the list of archives.

    static readonly JsonSerializerOptions Format =
        new() { WriteIndented = true, IndentSize = 2, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The catalogue with one more record, behind all others.</summary>
    /// <param name="catalogue">The text of a catalogue that can be read, with at least one record.</param>
    /// <param name="archive">What the record describes.</param>
    public static string AddTo(string catalogue, SourceArchive archive)
    {
        var bytes = Encoding.UTF8.GetBytes(catalogue);
        var end = EndOfLastRecord(bytes);
        var record = Describe(archive).Replace("\n", $"\n{Indent}", StringComparison.Ordinal);
        return $"{Encoding.UTF8.GetString(bytes, 0, end)},\n{Indent}{record}{Encoding.UTF8.GetString(bytes, end, bytes.Length - end)}";
    }

    static string Describe(SourceArchive archive) => new JsonObject
    {
        ["name"] = archive.Name,
        ["version"] = archive.Version,
        ["released"] = archive.Released.ToString("yyyy-MM-dd"),
        ["fileName"] = archive.FileName,
        ["size"] = archive.Size,
        ["sha256"] = archive.Sha256,
        ["topFolder"] = archive.TopFolder,
        ["urls"] = new JsonArray([.. archive.Urls.Select(url => (JsonNode)url)]),
        ["debianPool"] = archive.DebianPool,
        ["signature"] = archive.Signature is not { } signature ? null : new JsonObject
        {
            ["suffix"] = signature.Suffix,
            ["keyFile"] = signature.KeyFile,
            ["fingerprint"] = signature.Fingerprint,
        },
    }.ToJsonString(Format);

    // The list of archives is the one list at depth 1, and its records end at depth 2.
    static int EndOfLastRecord(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (end, isInArchives) = (0L, false);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                isInArchives = reader.ValueTextEquals("archives");
            else if (isInArchives && reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 2)
                end = reader.BytesConsumed;
        }

        return (int)end;
    }
}
