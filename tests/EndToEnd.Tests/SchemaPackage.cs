using System.Text.Json;
using Json.Schema;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The official schemas of CycloneDX 1.6 and SPDX 3.0.1, from a pinned package that contains them.</summary>
static class SchemaPackage
{
    static readonly NpmPackage Package = new(
        "@cyclonedx/cdxgen", "12.8.4", "fe4787e12e4b261af5272ad0a1075cd6e24bfa2792a26c1916a0c806290bea13");

    /// <summary>CycloneDX 1.6, with the schemas that it refers to.</summary>
    public static JsonSchema CycloneDx { get; } =
        Load("bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json", "cryptography-defs.schema.json");

    /// <summary>SPDX 3.0.1.</summary>
    public static JsonSchema Spdx { get; } = Load("spdx-export.schema.json");

    /// <summary>The errors in a document; none if it conforms to the schema.</summary>
    public static IReadOnlyList<string> Errors(JsonSchema schema, string document)
    {
        using var json = JsonDocument.Parse(document);
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List };
        var results = schema.Evaluate(json.RootElement, options);
        return results.IsValid ? [] :
        [
            .. (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
                .Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}")
                .DefaultIfEmpty("invalid"),
        ];
    }

    static JsonSchema Load(string name, params string[] others)
    {
        foreach (var other in others)
            _ = Read(other); // This registers it under its name.
        return Read(name);
    }

    static JsonSchema Read(string name) =>
        JsonSchema.FromText(File.ReadAllText(Path.Combine(Package.Folder, "data", name)));
}
