using System.Text.Json;
using L4ReMusl.Auditing;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Patching;
using L4ReMusl.Sboms;
using L4ReMusl.Settings;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The documents of all existing results: bills of materials, and the status of advisories.</summary>
public sealed class SbomTests
{
    /// <summary>The folder of each result's documents, with the kind of result.</summary>
    public static IEnumerable<object[]> Folders =>
        from row in Artefacts.Architectures
        let architecture = Artefacts.Named((string)row[0])
        from folder in Of(architecture)
        select new object[] { folder.Kind, architecture.Name, folder.Path };

    [Theory]
    [MemberData(nameof(Folders))]
    public void They_keep_to_their_formats(string kind, string architecture, string folder)
    {
        var what = $"{kind} for {architecture}";
        SchemaPackage.Errors(SchemaPackage.CycloneDx, Read(folder, CycloneDx.FileName)).Should().BeEmpty(what);
        SchemaPackage.Errors(SchemaPackage.Spdx, Read(folder, Spdx.FileName)).Should().BeEmpty(what);
        OpenVexRules.Errors(Read(folder, OpenVex.FileName)).Should().BeEmpty(what);
    }

    [Fact]
    public void A_document_that_breaks_its_format_is_noticed()
    {
        var folder = (string)Folders.First()[2];

        SchemaPackage.Errors(SchemaPackage.CycloneDx, Broken(CycloneDx.FileName, "\"backport\"")).Should().NotBeEmpty();
        SchemaPackage.Errors(SchemaPackage.Spdx, Broken(Spdx.FileName, "\"patchedBy\"")).Should().NotBeEmpty();
        OpenVexRules.Errors(Broken(OpenVex.FileName, "\"fixed\"")).Should().NotBeEmpty();

        string Broken(string file, string word) => Read(folder, file).Replace(word, "\"broken\"", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void They_name_what_is_in_the_result_and_each_patch_of_it(string kind, string architecture, string folder)
    {
        string[] expected = kind switch
        {
            "prefix" => ["musl", "gcc", .. Cxx(Artefacts.Layout.Prefix(Artefacts.Named(architecture)))],
            "prefix-l4re" => ["musl", .. Cxx(Artefacts.Layout.L4RePrefix(Artefacts.Named(architecture)))],
            "boot-set" => [.. Artefacts.Components, "gcc", "linux"],
            _ => [.. Artefacts.Components, "gcc"],
        };
        using var bom = JsonDocument.Parse(Read(folder, CycloneDx.FileName));
        var components = bom.RootElement.GetProperty("components").EnumerateArray().ToList();

        components.Where(component => Text(component, "type") != "file").Select(component => Text(component, "name"))
            .Should().BeEquivalentTo(expected, $"this is the {kind} for {architecture}");
        var patches = components.Single(component => Text(component, "name") == "musl")
            .GetProperty("pedigree").GetProperty("patches").EnumerateArray().ToList();
        patches.Select(patch => Text(patch.GetProperty("diff"), "url")).Should()
            .Contain(Series.Patches.Select(patch => patch.FileName));
        patches.SelectMany(patch => patch.GetProperty("resolves").EnumerateArray())
            .Where(issue => Text(issue, "type") == "security").Select(issue => Text(issue, "id")).Distinct()
            .Should().BeEquivalentTo(Series.Cves).And.Contain(["CVE-2025-26519", "CVE-2026-40200", "CVE-2026-6042"]);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Their_status_of_advisories_is_that_of_the_audit(string kind, string architecture, string folder)
    {
        using var vex = JsonDocument.Parse(Read(folder, OpenVex.FileName));
        var states = vex.RootElement.GetProperty("statements").EnumerateArray()
            .ToLookup(statement => Text(statement, "status"), statement => Text(statement.GetProperty("vulnerability"), "name"));

        states["fixed"].Should().Contain(Series.Cves, $"this is the {kind} for {architecture}");
        if (kind != "prefix-l4re")
        {
            var harmless = Assessment.ReadAll(Artefacts.Layout.Assessments)
                .Where(assessment => assessment is { Thing: "gcc", Status: AssessedStatus.NotAffected });
            states["not_affected"].Should().Contain(harmless.Select(assessment => assessment.Advisory));
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void The_files_that_they_name_are_those_that_are_there(string kind, string architecture, string folder)
    {
        var result = kind.StartsWith("prefix", StringComparison.Ordinal) ? null : folder[..^".sbom".Length];
        using var bom = JsonDocument.Parse(Read(folder, CycloneDx.FileName));
        var files = bom.RootElement.GetProperty("components").EnumerateArray()
            .Where(component => Text(component, "type") == "file")
            .ToDictionary(file => Text(file, "name")!, file => Text(file.GetProperty("hashes")[0], "content")!);
        var there = kind switch
        {
            "image" => [result!],
            "boot-set" => Directory.GetFiles(result!),
            _ => [],
        };

        files.Should().Equal(
            there.ToDictionary(file => Path.GetFileName(file), Fingerprint.Sha256OfFile),
            $"this is the {kind} for {architecture}");
    }

    static string[] Cxx(string prefix) => CxxFiles.AreIn(prefix) ? ["libstdc++"] : [];

    static PatchSeries Series { get; } = PatchSeries.Read(Artefacts.Layout.MuslPatches(SettingsParser.DefaultMuslVersion));

    static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    static string Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file));

    // The l4re flavour and the boot sets exist if the target Test made them.
    static IEnumerable<(string Kind, string Path)> Of(Architecture architecture)
    {
        var layout = Artefacts.Layout;
        var l4re = layout.L4RePrefix(architecture);
        (string, string)[] all =
        [
            ("prefix", Path.Combine(layout.Prefix(architecture), PrefixContract.Documents)),
            ("lsb-root", BuildLayout.Sbom(layout.RootFs(architecture))),
            .. ImageFormatCatalogue.All.Select(format => layout.Image(architecture, format)).Where(File.Exists)
                .Select(image => ("image", BuildLayout.Sbom(image))),
        ];
        (string Kind, string Result, string Path)[] optional =
        [
            ("prefix-l4re", l4re, Path.Combine(l4re, PrefixContract.Documents)),
            ("boot-set", layout.BootSet(architecture), BuildLayout.Sbom(layout.BootSet(architecture))),
        ];
        return [.. all, .. optional.Where(one => Directory.Exists(one.Result)).Select(one => (one.Kind, one.Path))];
    }
}
