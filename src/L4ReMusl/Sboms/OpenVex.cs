using System.Text.Json.Nodes;
using L4ReMusl.Auditing;
using static L4ReMusl.Sboms.Document;

namespace L4ReMusl.Sboms;

/// <summary>Writes the status of advisories in OpenVEX 0.2.0.</summary>
/// <remarks>https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md</remarks>
public static class OpenVex
{
    /// <summary>The file's name.</summary>
    public const string FileName = "vex.openvex.json";

    /// <summary>Writes the findings about a product.</summary>
    /// <param name="product">The product.</param>
    /// <param name="findings">The findings.</param>
    /// <remarks>Its time is that of the newest advisory in it, not the current one.</remarks>
    public static string Describe(Product product, IReadOnlyList<Finding> findings)
    {
        var json = Object(
            ("@context", "https://openvex.dev/ns/v0.2.0"),
            ("author", "l4re-musl"),
            ("role", "Document Creator"),
            ("timestamp", Product.Format(findings.Select(finding => finding.Modified).Append(product.Time).Max())),
            ("version", 1),
            ("statements", Array(findings.Select(finding => State(product, finding)))));
        json.Insert(1, "@id", Product.UrnOf(Render(json)));
        return Render(json);
    }

    static JsonObject State(Product product, Finding finding) => Object(
        ("vulnerability", Object(
            ("name", finding.Id),
            ("description", finding.Summary.Length > 0 ? finding.Summary : null),
            ("aliases", Array(finding.Aliases.Select(alias => (JsonNode)alias))))),
        ("products", Array([Object(
            ("@id", product.Purl),
            ("identifiers", Object(("purl", product.Purl))),
            ("subcomponents", Array([Object(("@id", finding.Thing.Purl), ("identifiers", Identifiers(finding.Thing)))])))])),
        ("status", finding.Status switch
        {
            FindingStatus.Fixed => "fixed",
            FindingStatus.NotAffected => "not_affected",
            _ => "affected",
        }),
        ("status_notes", finding.Status == FindingStatus.Fixed ? finding.Statement : null),
        ("justification", finding.Justification),
        ("impact_statement", finding.Status == FindingStatus.NotAffected ? finding.Statement : null),
        ("action_statement", finding.Status == FindingStatus.Affected ? finding.Statement : null));

    static JsonObject Identifiers(ShippedThing thing) => Object(("purl", thing.Purl), ("cpe23", thing.FullCpe));
}
