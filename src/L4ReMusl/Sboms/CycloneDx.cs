using System.Text.Json.Nodes;
using L4ReMusl.Auditing;
using L4ReMusl.Patching;
using static L4ReMusl.Sboms.Document;

namespace L4ReMusl.Sboms;

/// <summary>Writes a bill of materials in CycloneDX 1.6.</summary>
/// <remarks>https://cyclonedx.org/docs/1.6/json/</remarks>
public static class CycloneDx
{
    /// <summary>The file's name.</summary>
    public const string FileName = "sbom.cdx.json";

    /// <summary>Describes a product; the same product gives the same text.</summary>
    public static string Describe(Product product)
    {
        var json = Object(
            ("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json"),
            ("bomFormat", "CycloneDX"),
            ("specVersion", "1.6"),
            ("version", 1),
            ("metadata", Object(
                ("timestamp", Product.Format(product.Time)),
                ("component", Object(
                    ("type", "firmware"),
                    ("bom-ref", product.Purl),
                    ("name", product.Name),
                    ("version", product.Version),
                    ("description", $"for {product.Architecture}"),
                    ("purl", product.Purl))))),
            ("components", Array([.. product.Things.Select(Describe), .. product.Files.Select(Describe)])),
            ("dependencies", Array([
                Object(("ref", product.Purl), ("dependsOn", Array(product.Things.Select(thing => (JsonNode)thing.Purl)))),
                .. product.Things.Select(thing => Object(("ref", thing.Purl))),
            ])));
        json.Insert(3, "serialNumber", Product.UrnOf(Render(json)));
        return Render(json);
    }

    static JsonObject Describe(ProductFile file) => Object(
        ("type", "file"),
        ("bom-ref", $"file:{file.Name}"),
        ("name", file.Name),
        ("hashes", Array([Hash(file.Sha256)])));

    static JsonObject Describe(ShippedThing thing) => Object(
        ("type", thing.Kind switch
        {
            ThingKind.Library => "library",
            ThingKind.Kernel => "operating-system",
            _ => "application",
        }),
        ("bom-ref", thing.Purl),
        ("name", thing.Name),
        ("version", thing.Version),
        ("description", thing.Description),
        ("hashes", thing.Sha256 is { } hash ? Array([Hash(hash)]) : null),
        ("licenses", thing.Licence is { } licence ? Array([Object(("expression", licence))]) : null),
        ("cpe", thing.FullCpe),
        ("purl", thing.Purl),
        ("pedigree", thing.Patches.Count == 0 ? null : Object(
            ("commits", Array(FullCommits(thing).Distinct().Select(commit => Object(("uid", commit))))),
            ("patches", Array(thing.Patches.Select(Describe))))),
        ("externalReferences", thing.Url is { } url ? Array([Object(("type", "source-distribution"), ("url", url))]) : null));

    static JsonObject Describe(Patch patch) => Object(
        ("type", IsUpstream(patch) ? "backport" : "unofficial"),
        ("diff", Object(("url", patch.FileName))),
        ("resolves", Array(patch.Cves.Count > 0
            ? patch.Cves.Select(cve => Object(("type", "security"), ("id", cve), ("name", cve), ("description", patch.Subject)))
            : [Object(("type", "defect"), ("name", patch.FileName), ("description", patch.Subject))])));

    static bool IsUpstream(Patch patch) => patch.AppliesUntil?.Contains("not upstream", StringComparison.Ordinal) != true;

    static JsonObject Hash(string sha256) => Object(("alg", "SHA-256"), ("content", sha256));

    static IEnumerable<string> FullCommits(ShippedThing thing) =>
        thing.Patches.SelectMany(patch => patch.Commits).Where(commit => commit.Length == 40);
}
