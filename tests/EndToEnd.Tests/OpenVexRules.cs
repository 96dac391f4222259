using System.Globalization;
using System.Text.Json;
using L4ReMusl.Auditing;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The rules of OpenVEX 0.2.0, from its specification, since no package to pin contains its schema.</summary>
/// <remarks>https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md</remarks>
static class OpenVexRules
{
    static readonly string[] Document =
        ["@context", "@id", "author", "role", "timestamp", "last_updated", "version", "tooling", "statements"];

    static readonly string[] Required = ["@context", "@id", "author", "timestamp", "version", "statements"];
    static readonly string[] Statuses = ["not_affected", "affected", "fixed", "under_investigation"];

    static readonly string[] Statement =
    [
        "@id", "version", "vulnerability", "timestamp", "last_updated", "products", "status", "supplier", "status_notes",
        "justification", "impact_statement", "action_statement", "action_statement_timestamp",
    ];

    /// <summary>The errors in a document.</summary>
    public static IReadOnlyList<string> Errors(string text)
    {
        using var json = JsonDocument.Parse(text);
        var document = json.RootElement;
        var errors = new List<string>();
        Check(Required.All(name => document.TryGetProperty(name, out _)), "a field of the document is missing");
        Check(Known(document, Document), "the document has an unknown field");
        Check(Text(document, "@context") == "https://openvex.dev/ns/v0.2.0", "the context is not that of 0.2.0");
        Check(Uri.TryCreate(Text(document, "@id"), UriKind.Absolute, out _), "the name is no IRI");
        Check(DateTimeOffset.TryParse(Text(document, "timestamp"), CultureInfo.InvariantCulture, out _), "the time is not valid");
        Check(document.GetProperty("version").GetInt32() >= 1, "the version is not positive");
        Check(document.GetProperty("statements").GetArrayLength() > 0, "there is no statement");
        foreach (var statement in document.GetProperty("statements").EnumerateArray())
        {
            var status = Text(statement, "status");
            Check(Known(statement, Statement), "a statement has an unknown field");
            Check(Statuses.Contains(status), $"the status '{status}' is not one of OpenVEX's");
            Check(Text(statement.GetProperty("vulnerability"), "name") is { Length: > 0 }, "a vulnerability has no name");
            Check(Known(statement.GetProperty("vulnerability"), ["@id", "name", "description", "aliases"]), "an unknown field");
            Check(status != "not_affected" || Has(statement, "justification") || Has(statement, "impact_statement"), "no reason");
            Check(Text(statement, "justification") is not { } why || Assessment.Justifications.Contains(why), "no justification");
            Check(status != "affected" || Has(statement, "action_statement"), "affected needs an action");
            foreach (var product in statement.GetProperty("products").EnumerateArray().SelectMany(Parts))
            {
                Check(Text(product, "@id") is { Length: > 0 }, "a product has no name");
                Check(Known(product, ["@id", "identifiers", "hashes", "subcomponents"]), "a product has an unknown field");
                Check(Known(product.GetProperty("identifiers"), ["purl", "cpe22", "cpe23"]), "an identifier is unknown");
            }
        }

        return errors;

        void Check(bool isMet, string error)
        {
            if (!isMet)
                errors.Add(error);
        }
    }

    static IEnumerable<JsonElement> Parts(JsonElement product) =>
        product.GetProperty("subcomponents").EnumerateArray().Append(product);

    static bool Has(JsonElement json, string name) => Text(json, name) is { Length: > 0 };

    static bool Known(JsonElement json, string[] names) => json.EnumerateObject().All(field => names.Contains(field.Name));

    static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
