using System.Text.Json;
using L4ReMusl.Auditing;
using L4ReMusl.Patching;
using L4ReMusl.Sboms;

namespace L4ReMusl.Tests.Sboms;

/// <summary>The content of a result's documents. EndToEnd.Tests validate the formats of real ones.</summary>
public sealed class DocumentTests
{
    static readonly ShippedThing Musl = new("musl", "1.2.5", ThingKind.Library, "pkg:generic/musl@1.2.5")
    {
        Licence = "MIT",
        Cpe = "musl-libc:musl",
        Sha256 = new string('a', 64),
        Patches =
        [
            new Patch(
                "patches/a.patch", "close a hole", "why", $"{new string('1', 40)} https://x", "1.2.6", ["CVE-2025-1"],
                new string('b', 64)),
            new Patch("patches/b.patch", "our own way", "why", null, "not upstream", [], new string('c', 64)),
        ],
    };

    static readonly Product Prefix = new("l4re-musl-prefix", "1.2.5", "arm64", "", Day("2024-03-01"), [Musl], []);

    static readonly Finding[] Findings =
    [
        new("CVE-2025-1", Musl, FindingStatus.Fixed, "fixed by a.patch") { Modified = Day("2026-01-02") },
        new("CVE-2025-2", Musl, FindingStatus.NotAffected, "it is not there") { Justification = "vulnerable_code_not_present" },
        new("CVE-2025-3", Musl, FindingStatus.Affected, "wait") { Aliases = ["GHSA-3"] },
    ];

    public static IEnumerable<object[]> Writers =>
    [
        [new Func<Product, string>(CycloneDx.Describe)],
        [new Func<Product, string>(Spdx.Describe)],
        [new Func<Product, string>(product => OpenVex.Describe(product, Findings))],
    ];

    [Theory]
    [MemberData(nameof(Writers))]
    public void The_same_product_has_the_same_bytes_and_another_one_another_name(Func<Product, string> write)
    {
        var text = write(Prefix);

        write(Prefix with { }).Should().Be(text);
        text.Should().EndWith("}\n").And.NotContain("\r").And.NotContain(Environment.MachineName);
        NameOf(write(Prefix with { Architecture = "arm" })).Should().NotBe(NameOf(text));
        NameOf(text).Should().MatchRegex("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    }

    [Fact]
    public void CycloneDX_has_the_origin_of_each_patch_and_what_it_resolves()
    {
        var component = Json(CycloneDx.Describe(Prefix)).GetProperty("components")[0];

        component.GetProperty("cpe").GetString().Should().Be("cpe:2.3:a:musl-libc:musl:1.2.5:*:*:*:*:*:*:*");
        var patches = component.GetProperty("pedigree").GetProperty("patches").EnumerateArray().ToList();
        patches.Select(patch => patch.GetProperty("type").GetString()).Should().Equal("backport", "unofficial");
        patches.Select(patch => Text(patch.GetProperty("resolves")[0], "type")).Should().Equal("security", "defect");
        Text(component.GetProperty("pedigree").GetProperty("commits")[0], "uid").Should().Be(new string('1', 40));
    }

    [Fact]
    public void SPDX_has_each_thing_and_each_patch_as_an_element_and_all_names_lead_to_one()
    {
        var graph = Json(Spdx.Describe(Prefix)).GetProperty("@graph").EnumerateArray().ToList();
        var ids = graph.Select(element => Text(element, "spdxId")).OfType<string>().ToList();

        ids.Should().OnlyHaveUniqueItems();
        graph.Where(element => Text(element, "type") == "Relationship")
            .SelectMany(relation => relation.GetProperty("to").EnumerateArray().Append(relation.GetProperty("from")))
            .Select(id => id.GetString()).Should().BeSubsetOf(ids);
        graph.Single(element => Text(element, "type") == "SpdxDocument").GetProperty("element").EnumerateArray()
            .Select(id => id.GetString()).Should().BeSubsetOf(ids);
        graph.Where(element => Text(element, "software_primaryPurpose") == "patch")
            .Select(element => Text(element, "name")).Should().Equal("a.patch", "b.patch");
        graph.Single(element => Text(element, "relationshipType") == "patchedBy").GetProperty("to").GetArrayLength()
            .Should().Be(2);
    }

    [Fact]
    public void OpenVEX_states_each_finding_and_is_as_old_as_the_newest()
    {
        var document = Json(OpenVex.Describe(Prefix, Findings));

        document.GetProperty("timestamp").GetString().Should().Be("2026-01-02T00:00:00Z");
        document.GetProperty("statements").EnumerateArray().Select(statement => (
                Text(statement.GetProperty("vulnerability"), "name"), Text(statement, "status"),
                Text(statement, "justification"), Text(statement, "impact_statement"), Text(statement, "action_statement")))
            .Should().Equal(
                ("CVE-2025-1", "fixed", null, null, null),
                ("CVE-2025-2", "not_affected", "vulnerable_code_not_present", "it is not there", null),
                ("CVE-2025-3", "affected", null, null, "wait"));
    }

    static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    static DateTimeOffset Day(string text) => new(DateOnly.ParseExact(text, "yyyy-MM-dd"), TimeOnly.MinValue, TimeSpan.Zero);

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    static string NameOf(string text)
    {
        var json = Json(text);
        return json.TryGetProperty("serialNumber", out var serial) ? serial.GetString()!
            : json.TryGetProperty("@id", out var id) ? id.GetString()!
            : json.GetProperty("@graph").EnumerateArray().Last().GetProperty("spdxId").GetString()!.Split('#')[0];
    }
}
