using System.Text.RegularExpressions;
using L4ReMusl.Auditing;
using L4ReMusl.Components;
using L4ReMusl.Layout;
using L4ReMusl.Patching;
using L4ReMusl.Settings;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Auditing;

/// <summary>The project's own advisories and assessments.</summary>
public sealed class CommittedAdvisoriesTests
{
    static readonly BuildLayout Layout = new(RepositoryRoot.Path, "");
    static readonly IReadOnlyList<Advisory> Advisories = [.. AdvisoryFiles.Read([Layout.Advisories])];

    [Fact]
    public void Each_vulnerability_has_one_advisory_with_a_summary_and_something_that_it_is_about()
    {
        Advisories.Select(advisory => advisory.Id).Should().OnlyHaveUniqueItems();
        Advisories.Where(advisory => advisory.Summary.Length == 0 || advisory.Affected.Count == 0).Should().BeEmpty();
    }

    [Fact]
    public void All_that_is_known_of_musl_since_2014_is_there() =>
        Examine(Thing("0.9.15", []), Thing("1.1.0", []), Thing("1.1.14", []), Thing("1.2.5", []))
            .Select(finding => finding.Id).Distinct().Should().BeEquivalentTo(
                "CVE-2014-3484", "CVE-2015-1817", "CVE-2016-8859", "CVE-2017-15650", "CVE-2018-1000001", "CVE-2019-14697",
                "CVE-2020-28928", "CVE-2025-26519", "CVE-2026-6042", "CVE-2026-40200", "CVE-2026-107891");

    [Theory]
    [InlineData("1.2.6", "CVE-2026-6042 CVE-2026-40200 CVE-2026-107891")]
    [InlineData("1.2.5", "CVE-2025-26519 CVE-2026-6042 CVE-2026-40200 CVE-2026-107891")]
    [InlineData("1.2.3", "CVE-2025-26519 CVE-2026-6042 CVE-2026-40200 CVE-2026-107891")]
    [InlineData("1.2.1", "CVE-2020-28928 CVE-2025-26519 CVE-2026-6042 CVE-2026-40200 CVE-2026-107891")]
    public void A_release_has_those_that_were_found_in_it(string version, string ids) =>
        Examine(Thing(version, [])).Select(finding => finding.Id).Should().Equal(ids.Split(' '));

    [Theory]
    [InlineData("4.3.24", "CVE-2014-6271", true)]
    [InlineData("4.3.25", "CVE-2014-6271", false)]
    [InlineData("4.3", "CVE-2014-6271", true)]
    [InlineData("5.2.37", "CVE-2022-3715", false)]
    public void Bash_is_counted_with_its_patch_level(string version, string id, bool isAffected)
    {
        var bash = Components.Single(component => component.Name == "bash") with { Script = null };
        var thing = ThingCatalogue.Of(bash, []) with { Version = version };

        Examine(thing).Select(finding => finding.Id).Contains(id).Should().Be(isAffected);
    }

    [Theory]
    [InlineData("systemd", "257.5", "CVE-2025-4598", true)]
    [InlineData("systemd", "257.6", "CVE-2025-4598", false)]
    [InlineData("systemd", "259.5", "CVE-2026-15060", false)]
    [InlineData("systemd", "261", "CVE-2026-15060", true)]
    [InlineData("systemd", "262", "CVE-2026-15060", false)]
    [InlineData("util-linux", "2.41.4", "CVE-2026-13595", true)]
    [InlineData("util-linux", "2.41.5", "CVE-2026-13595", false)]
    [InlineData("util-linux", "2.42.1", "CVE-2026-13595", true)]
    [InlineData("util-linux", "2.42.2", "CVE-2026-13595", false)]
    [InlineData("util-linux", "2.38.1", "CVE-2022-0563", false)]
    public void Systemd_and_what_it_depends_on_are_counted_by_release(string name, string version, string id, bool isAffected)
    {
        var thing = OfComponent(Components.Single(component => component.Name == name)) with { Version = version, Patches = [] };

        Examine(thing).Select(finding => finding.Id).Contains(id).Should().Be(isAffected);
    }

    [Fact]
    public void Everything_about_the_shipped_systemd_and_libraries_is_settled_and_by_the_patches_in_part()
    {
        var things = Components.Where(component => component.Name is "systemd" or "util-linux" or "libucontext")
            .Select(OfComponent).ToList();

        var findings = new Auditor(Assessment.ReadAll(Layout.Assessments), things).Examine(Advisories);

        findings.Should().OnlyContain(finding => finding.Status != FindingStatus.Affected);
        findings.Where(finding => finding.Status == FindingStatus.Fixed).Select(finding => finding.Id).Should()
            .Equal("CVE-2026-13595", "CVE-2026-53615");
        var unpatched = things.ConvertAll(thing => thing with { Patches = [] });
        new Auditor(Assessment.ReadAll(Layout.Assessments), unpatched).Examine(Advisories)
            .Where(finding => finding.Status == FindingStatus.Affected).Select(finding => finding.Id).Should()
            .Equal("CVE-2026-13595", "CVE-2026-53615");
    }

    [Fact]
    public void Advisories_about_the_libucontext_of_others_do_not_concern_ours()
    {
        var ours = OfComponent(Components.Single(component => component.Name == "libucontext"));

        ours.Packages.Should().BeEmpty();
        ours.Repositories.Should().BeEmpty();
        ours.Cpe.Should().BeNull();
    }

    [Fact]
    public void Each_vulnerability_that_a_header_names_has_an_advisory()
    {
        var patches = Path.Combine(RepositoryRoot.Path, "patches");
        var named = Directory.EnumerateFiles(patches, PatchSeries.FileName, SearchOption.AllDirectories)
            .SelectMany(series => PatchSeries.Read(Path.GetDirectoryName(series)!).Cves).Distinct();

        named.Except(Advisories.Select(advisory => advisory.Id)).Should().BeEmpty();
    }

    [Fact]
    public void Each_assessment_is_needed()
    {
        var assessments = Assessment.ReadAll(Layout.Assessments);
        foreach (var assessment in assessments)
        {
            assessment.Versions.Should().NotBeEmpty();
            foreach (var version in assessment.Versions)
            {
                var thing = ThingOf(assessment.Thing, version);
                new Auditor(assessments, [thing]).Examine(Advisories).Select(finding => finding.Statement).Should()
                    .Contain(assessment.Statement, $"{assessment.Advisory} in {assessment.Thing} {version} was assessed");
            }
        }
    }

    [Fact]
    public void The_README_lists_exactly_what_the_series_close()
    {
        var words = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var things = Components.Where(component => component.Script != null).Select(OfComponent)
            .Prepend(ThingOf("musl", SettingsParser.DefaultMuslVersion));

        Regex.Matches(string.Join(' ', words), @"The series for \S+ \S+ closes [^.]*\.").Select(match => match.Value)
            .Should().Equal(
            from thing in things
            let closed = Closed(thing)
            where closed.Length > 0
            select $"The series for {thing.Name} {thing.Version} closes {closed}.");
    }

    static string Closed(ShippedThing thing)
    {
        var closed = Examine(thing).Where(finding => finding.Status == FindingStatus.Fixed).Select(finding => finding.Id)
            .ToList();
        return closed.Count < 2 ? string.Concat(closed) : $"{string.Join(", ", closed[..^1])} and {closed[^1]}";
    }

    static IReadOnlyList<Component> Components { get; } =
        new ComponentCatalogue(Layout.Components).Select(new ComponentCatalogue(Layout.Components).Names);

    // With its real patches: what they fix needs no assessment.
    static ShippedThing ThingOf(string name, string version) => name switch
    {
        "musl" => Thing(version, PatchSeries.Read(Layout.MuslPatches(version)).Patches),
        "gcc" => ThingCatalogue.GccRuntime(new(ArchitectureCatalogue.Arm64, "", $"gcc {version}", "")),
        "libstdc++" => ThingCatalogue.CxxLibrary(new(ArchitectureCatalogue.Arm64, "", $"gcc {version}", "")),
        "linux" => ThingCatalogue.Kernel(
            new("linux-image", "linux-image-6", version, "arm64", "bookworm", "x", 1, "0", "0", "20260101T000000Z")),
        _ => OfComponent(Components.Single(component => component.Name == name && component.Version == version)),
    };

    static ShippedThing OfComponent(Component component)
    {
        var patches = component.Source is { } source ? Layout.ComponentPatches(source) : null;
        return ThingCatalogue.Of(component, Directory.Exists(patches) ? PatchSeries.Read(patches).Patches : []);
    }

    static ShippedThing Thing(string version, IReadOnlyList<Patch> patches)
    {
        var source = SourceCatalogue.Read(Layout.SourceCatalogue).Find("musl", SettingsParser.DefaultMuslVersion);
        return ThingCatalogue.Musl(source with { Version = version }, patches);
    }

    static IReadOnlyList<Finding> Examine(params ShippedThing[] things) => new Auditor([], things).Examine(Advisories);
}
