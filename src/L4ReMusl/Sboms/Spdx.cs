using System.Text.Json.Nodes;
using L4ReMusl.Auditing;
using L4ReMusl.Patching;
using static L4ReMusl.Sboms.Document;

namespace L4ReMusl.Sboms;

/// <summary>Writes a bill of materials in SPDX 3.0.1, as JSON-LD.</summary>
/// <remarks>https://spdx.github.io/spdx-spec/v3.0.1/</remarks>
public sealed class Spdx
{
    /// <summary>The file's name.</summary>
    public const string FileName = "sbom.spdx.json";

    const string Creation = "_:creation";

    readonly Product product;
    readonly string space;
    readonly List<JsonObject> elements = [];
    readonly List<string> ids = [];

    Spdx(Product product, string space) => (this.product, this.space) = (product, space);

    /// <summary>Describes a product; the same product gives the same text.</summary>
    public static string Describe(Product product) =>
        // Names in a document are absolute, and depend on its content: it is written once to hash it, and again with the names.
        new Spdx(product, Product.UrnOf(new Spdx(product, "urn:uuid:00000000-0000-8000-8000-000000000000").Write())).Write();

    string Write()
    {
        var author = Element("Organization", "author", ("name", "l4re-musl"));
        var root = Element("software_Package", "product", [
            ("name", product.Name),
            ("description", $"for {product.Architecture}{(product.Variant.Length > 0 ? $", {product.Variant}" : "")}"),
            ("software_packageVersion", product.Version),
            ("software_packageUrl", product.Purl),
            ("software_primaryPurpose", "firmware"),
        ]);
        Relate(root, "contains", "contents", [
            .. product.Things.Select(Add),
            .. product.Files.Select((file, index) => Element("software_File", $"file-{index}", [
                ("name", file.Name), ("verifiedUsing", Array([Hash(file.Sha256)])), ("software_primaryPurpose", "file"),
            ])),
        ]);
        string[] contained = [.. ids];
        var bom = Element("software_Sbom", "sbom", [
            ("rootElement", Array([root])), ("element", Ids(contained)), ("software_sbomType", Array(["build"])),
        ]);
        Element("SpdxDocument", "document", [
            ("profileConformance", Array(["core", "software", "simpleLicensing"])),
            ("rootElement", Array([bom])),
            ("element", Ids([.. contained, bom])),
        ]);
        return Render(new JsonObject
        {
            ["@context"] = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
            ["@graph"] = Array([
                new JsonObject
                {
                    ["type"] = "CreationInfo",
                    ["@id"] = Creation,
                    ["specVersion"] = "3.0.1",
                    ["created"] = Product.Format(product.Time),
                    ["createdBy"] = Array([author]),
                },
                .. elements,
            ]),
        });
    }

    string Add(ShippedThing thing, int index)
    {
        var id = Element("software_Package", $"{thing.Name}-{index}", [
            ("name", thing.Name),
            ("description", thing.Description.Length > 0 ? thing.Description : null),
            ("software_packageVersion", thing.Version),
            ("software_packageUrl", thing.Purl),
            ("software_downloadLocation", thing.Url),
            ("software_primaryPurpose", thing.Kind switch
            {
                ThingKind.Library => "library",
                ThingKind.Kernel => "operatingSystem",
                _ => "application",
            }),
            ("externalIdentifier", thing.FullCpe is { } cpe ? Array([Identifier("cpe23", cpe)]) : null),
            ("verifiedUsing", thing.Sha256 is { } hash ? Array([Hash(hash)]) : null),
        ]);
        if (thing.Licence is { } licence)
        {
            var name = $"{thing.Name}-{index}-licence";
            var expression = Element("simplelicensing_LicenseExpression", name, ("simplelicensing_licenseExpression", licence));
            Relate(id, "hasDeclaredLicense", $"{thing.Name}-{index}-declares", [expression]);
        }

        if (thing.Patches.Count > 0)
        {
            Relate(id, "patchedBy", $"{thing.Name}-{index}-patches", [
                .. thing.Patches.Select((patch, number) => Add(patch, $"{thing.Name}-{index}-patch-{number}")),
            ]);
        }

        return id;
    }

    string Add(Patch patch, string id) => Element("software_File", id, [
        ("name", patch.FileName),
        ("summary", patch.Subject),
        ("description", patch.Why),
        ("comment", patch.Reference),
        ("software_primaryPurpose", "patch"),
        ("externalIdentifier", Array(patch.Cves.Select(cve => Identifier("cve", cve)))),
        ("verifiedUsing", Array([Hash(patch.Sha256)])),
    ]);

    void Relate(string from, string type, string id, IReadOnlyList<string> to)
    {
        if (to.Count > 0)
        {
            Element("Relationship", id, [
                ("from", from), ("relationshipType", type), ("completeness", "complete"), ("to", Ids(to)),
            ]);
        }
    }

    string Element(string type, string id, params (string Name, JsonNode? Value)[] fields)
    {
        var name = $"{space}#{id}";
        elements.Add(Object([("type", type), ("spdxId", name), ("creationInfo", Creation), .. fields]));
        ids.Add(name);
        return name;
    }

    static JsonArray Ids(IEnumerable<string> names) => Array(names.Select(name => (JsonNode)name));

    static JsonObject Identifier(string type, string value) =>
        Object(("type", "ExternalIdentifier"), ("externalIdentifierType", type), ("identifier", value));

    static JsonObject Hash(string sha256) => Object(("type", "Hash"), ("algorithm", "sha256"), ("hashValue", sha256));
}
