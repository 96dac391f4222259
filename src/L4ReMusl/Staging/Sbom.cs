using System.Text.Json;
using System.Text.Json.Nodes;
using L4ReMusl.Patching;
using L4ReMusl.Sources;

namespace L4ReMusl.Staging;

/// <summary>Writes the bill of materials of a prefix, in CycloneDX 1.5, so that scanners find musl and the CVEs that patches closed.</summary>
/// <remarks>It has no time stamp and no serial number: the same prefix has the same bytes.</remarks>
public static class Sbom
{
    /// <summary>The file's name.</summary>
    public const string FileName = "sbom.cdx.json";

    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>Describes musl and what was done to it.</summary>
    public static string Describe(SourceArchive source, IEnumerable<Patch> patches) => new JsonObject
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.5",
        ["version"] = 1,
        ["components"] = new JsonArray(new JsonObject
        {
            ["type"] = "library",
            ["name"] = source.Name,
            ["version"] = source.Version,
            ["cpe"] = $"cpe:2.3:a:musl-libc:musl:{source.Version}:*:*:*:*:*:*:*",
            ["purl"] = $"pkg:generic/{source.Name}@{source.Version}",
            ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "MIT" } }),
            ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-256", ["content"] = source.Sha256 }),
            ["pedigree"] = new JsonObject { ["patches"] = new JsonArray([.. patches.Select(Describe)]) },
        }),
    }.ToJsonString(Readable) + "\n";

    static JsonObject Describe(Patch patch) => new()
    {
        ["type"] = patch.AppliesUntil?.Contains("not upstream", StringComparison.Ordinal) == true ? "unofficial" : "backport",
        ["resolves"] = new JsonArray([.. patch.Cves.Count > 0
            ? patch.Cves.Select(cve => new JsonObject
            {
                ["type"] = "security", ["id"] = cve, ["name"] = patch.FileName, ["description"] = patch.Subject,
            })
            : [new JsonObject { ["type"] = "defect", ["name"] = patch.FileName, ["description"] = patch.Subject }]]),
    };
}
