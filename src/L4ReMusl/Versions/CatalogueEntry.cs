using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using L4ReMusl.Sources;

namespace L4ReMusl.Versions;

/// <summary>Adds a record to the text of a catalogue of sources, and leaves the rest unchanged.</summary>
static class CatalogueEntry
{
    const string Indent = "    "; // The indentation of records in the list of archives.

    static readonly JsonSerializerOptions Format =
        new() { WriteIndented = true, IndentSize = 2, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Appends a record to a catalogue.</summary>
    /// <param name="catalogue">The text of a valid catalogue with at least one record.</param>
    /// <param name="archive">The archive to add.</param>
    /// <returns>The text of the new catalogue.</returns>
    public static string AddTo(string catalogue, SourceArchive archive)
    {
        var bytes = Encoding.UTF8.GetBytes(catalogue);
        var end = EndOfLastRecord(bytes);
        var record = Describe(archive).Replace("\n", $"\n{Indent}", StringComparison.Ordinal);
        var (before, after) = (Encoding.UTF8.GetString(bytes, 0, end), Encoding.UTF8.GetString(bytes, end, bytes.Length - end));
        return $"{before},\n{Indent}{record}{after}";
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

    // The list of archives is at depth 1, and its records end at depth 2.
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
