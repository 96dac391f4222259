using L4ReMusl.Auditing;
using L4ReMusl.Patching;

namespace L4ReMusl.Tests.Auditing;

/// <summary>The status of advisories about what is shipped.</summary>
public sealed class AuditorTests
{
    const string Fix = "e5adcd97b5196e29991b524237381a0202a60659", OtherFix = "c47ad25ea3b484e10326f933e927c0bc8cded3da";

    static readonly DateOnly Today = new(2026, 11, 29);

    [Fact]
    public void A_patch_whose_header_names_the_vulnerability_fixes_it()
    {
        var finding = Examine([Advisory("CVE-2025-1")], [Patch("a.patch", "CVE-2025-1")]).Single();

        finding.Status.Should().Be(FindingStatus.Fixed);
        finding.Patches.Select(patch => patch.FileName).Should().Equal("a.patch");
        finding.IsOpen(Today).Should().BeFalse();
    }

    [Fact]
    public void Half_a_fix_does_not_count()
    {
        var elsewhere = new FixCommit("https://example.org/other/commit/?id=1234567", "1234567");
        var advisory = Advisory("CVE-2025-1") with { Fixes = [Commit(Fix), Commit(OtherFix[..12]), elsewhere] };

        var half = Examine([advisory], [Patch("a.patch", "CVE-2025-1", Fix)]).Single();
        var whole = Examine(
            [advisory],
            [Patch("a.patch", "CVE-2025-1", Fix), Patch("b.patch", "CVE-2025-1", $"{OtherFix} (in another way)")]).Single();

        half.IsOpen(Today).Should().BeTrue();
        half.Statement.Should().Contain(OtherFix[..12]).And.NotContain(Fix).And.NotContain("1234567");
        whole.Status.Should().Be(FindingStatus.Fixed);
    }

    [Fact]
    public void Advisories_that_share_a_name_are_one_and_it_is_called_by_the_CVE()
    {
        var finding = Examine(
            [
                Advisory("DSA-1") with { Aliases = ["GHSA-1"] },
                Advisory("ALPINE-CVE-2025-1") with { Upstream = ["CVE-2025-1"] },
                Advisory("GHSA-1") with { Aliases = ["CVE-2025-1"] },
            ],
            [Patch("a.patch", "CVE-2025-1")]).Single();

        finding.Id.Should().Be("CVE-2025-1");
        finding.Aliases.Should().BeEquivalentTo("ALPINE-CVE-2025-1", "DSA-1", "GHSA-1");
        finding.Status.Should().Be(FindingStatus.Fixed);
    }

    [Fact]
    public void A_bundle_is_closed_when_all_in_it_is()
    {
        var bundle = Advisory("DSA-1") with { Upstream = ["CVE-2025-1", "CVE-2025-2"] };

        Examine([bundle], [Patch("a.patch", "CVE-2025-1")]).Single().IsOpen(Today).Should().BeTrue();
        Examine([bundle], [Patch("a.patch", "CVE-2025-1 CVE-2025-2")]).Single().Status.Should().Be(FindingStatus.Fixed);
    }

    [Fact]
    public void What_was_found_harmless_is_so_for_the_version_that_was_looked_at()
    {
        var harmless = new Assessment("CVE-2025-1", "musl", ["1.2.5"], AssessedStatus.NotAffected, "why")
        {
            Justification = "vulnerable_code_not_present",
        };

        var finding = Examine([Advisory("CVE-2025-1")], [], harmless).Single();
        finding.Status.Should().Be(FindingStatus.NotAffected);
        (finding.Justification, finding.Statement).Should().Be(("vulnerable_code_not_present", "why"));
        Examine([Advisory("CVE-2025-1")], [], harmless with { Versions = ["1.2.4"] }).Single().IsOpen(Today).Should().BeTrue();
        Examine([Advisory("CVE-2025-1")], [], harmless with { Thing = "busybox" }).Single().IsOpen(Today).Should().BeTrue();
    }

    [Theory]
    [InlineData("2026-11-29", false)]
    [InlineData("2026-11-28", true)]
    public void A_waiver_holds_up_to_and_with_its_last_day(string until, bool isOpen)
    {
        var waived = Waived("CVE-2025-1", until);

        var findings = Examine([Advisory("CVE-2025-1"), Advisory("CVE-2025-2")], [], waived);

        findings.Select(finding => finding.IsOpen(Today)).Should().Equal(isOpen, true);
        var told = new AuditReport(findings, Today).Invoking(report => report.ThrowIfOpen()).Should().Throw<BuildException>()
            .WithMessage("*CVE-2025-2 in musl 1.2.5*").Which.Message;
        told.Contains("CVE-2025-1 in", StringComparison.Ordinal).Should().Be(isOpen);
    }

    [Fact]
    public void A_waiver_of_all_covers_advisories_without_an_assessment()
    {
        var findings = Examine(
            [Advisory("CVE-2025-1"), Advisory("CVE-2025-2")],
            [Patch("a.patch", "CVE-2025-1")],
            Waived(Assessment.Any, "2026-12-31"));

        findings.Select(finding => finding.Status).Should().Equal(FindingStatus.Fixed, FindingStatus.Affected);
        findings[1].IsOpen(Today).Should().BeFalse();
    }

    [Fact]
    public void An_open_one_is_named_with_its_remedy()
    {
        var range = new AdvisoryRange(
            RangeType.Ecosystem, "", [new(RangeEventKind.Introduced, "0"), new(RangeEventKind.Fixed, "1.2.5-r9")]);
        var advisory = Advisory("CVE-2025-1") with
        {
            Summary = "It falls over.",
            Affected = [new AffectedPackage("Alpine:v3.21", "musl", "", [range], [])],
        };

        new AuditReport(Examine([advisory], []), Today).Invoking(report => report.ThrowIfOpen()).Should().Throw<BuildException>()
            .WithMessage("1 advisory is open:*CVE-2025-1 in musl 1.2.5 (It falls over): "
                + "take a version that has the fix (1.2.5-r9 (Alpine:v3.21))*'CVE: CVE-2025-1'*");
    }

    static Advisory Advisory(string id) => new(id, [new AffectedPackage("Alpine", "musl", "", [], [])]);

    static Assessment Waived(string advisory, string until) =>
        new(advisory, "musl", ["1.2.5"], AssessedStatus.Affected, "wait for 1.2.7")
        {
            Waiver = new Waiver(DateOnly.ParseExact(until, "yyyy-MM-dd"), "nobody can reach it"),
        };

    static FixCommit Commit(string hash) => new($"https://git.musl-libc.org/cgit/musl/commit/?id={hash}", hash);

    static Patch Patch(string name, string cves, string? reference = null) =>
        new(name, "a subject", "a reason", reference, null, cves.Split(' '), "00");

    static IReadOnlyList<Finding> Examine(
        IEnumerable<Advisory> advisories, IReadOnlyList<Patch> patches, params Assessment[] assessments) =>
        new Auditor(assessments, [AdvisoryMatcherTests.Thing("1.2.5") with { Patches = patches }]).Examine(advisories);
}
