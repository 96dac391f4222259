using L4ReMusl.Layout;
using L4ReMusl.Patching;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Patching;

public sealed class PatchSeriesTests : IDisposable
{
    readonly PatchFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void The_header_has_what_why_origin_end_and_vulnerabilities()
    {
        fixture.Add("0001-a.patch", "lib/ten.c", "line5", "five", """
            Subject: count in words
            Why: numbers are hard to read,
              and words
            	are not
            Reference: https://example.org/commit/1
            Applies-Until: 1.2.6
            CVE: CVE-2025-26519, CVE-2026-40200

            """);
        var patch = fixture.Series("# the series", "", "0001-a.patch # the only one").Patches.Should().ContainSingle().Subject;
        patch.FileName.Should().Be("0001-a.patch");
        patch.Subject.Should().Be("count in words");
        patch.Why.Should().Be("numbers are hard to read, and words are not");
        patch.Reference.Should().Be("https://example.org/commit/1");
        patch.AppliesUntil.Should().Be("1.2.6");
        patch.Cves.Should().Equal("CVE-2025-26519", "CVE-2026-40200");
    }

    [Fact]
    public void Every_version_of_musl_in_the_catalogue_has_a_series_that_can_be_read()
    {
        var layout = new BuildLayout(RepositoryRoot.Path, fixture.Folder.Path);
        foreach (var musl in SourceCatalogue.Read(layout.SourceCatalogue).Archives.Where(archive => archive.Name == "musl"))
            PatchSeries.Read(layout.MuslPatches(musl.Version)).Patches.Should().NotBeNull();
    }

    [Fact]
    public void A_version_without_patches_has_an_empty_series()
    {
        fixture.Series("# none").Patches.Should().BeEmpty();
    }

    [Fact]
    public void The_header_may_end_with_the_first_line_of_the_diff()
    {
        fixture.Folder.Write("patches/1.patch", "Subject: s\nWhy: w\n\n--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+Bad: line\n");
        fixture.Series("1.patch").Patches.Should().ContainSingle().Which.Why.Should().Be("w");
    }

    [Theory]
    [InlineData("Why: w\n", "*1.patch has no 'Subject:'*")]
    [InlineData("Subject: s\n", "*1.patch has no 'Why:'*")]
    [InlineData("Subject: s\nWhy:\n", "*1.patch has no 'Why:'*")]
    [InlineData(
        "Subject: s\nWhy: w\nSince: 1.2.5\n",
        "Line 3 of the patch 1.patch ('Since: 1.2.5')*Subject, Why, Reference, Applies-Until, CVE*")]
    [InlineData("Subject: s\nWhy: w\nFree text.\n", "Line 3 of the patch 1.patch ('Free text.')*")]
    [InlineData("Subject: s\nSubject: s\nWhy: w\n", "Line 2 of the patch 1.patch*each of them once*")]
    [InlineData(" continued\nSubject: s\nWhy: w\n", "Line 1 of the patch 1.patch*")]
    [InlineData("Subject: s\nWhy: w\nCVE: 2025-26519\n", "*1.patch has the CVE '2025-26519'; write it as CVE-*")]
    public void A_bad_header_is_an_error_that_names_the_patch(string header, string message)
    {
        fixture.Add("1.patch", "lib/ten.c", "line5", "five", header);
        var read = () => fixture.Series("1.patch");
        read.Should().Throw<BuildException>().WithMessage(message);
    }

    [Theory]
    [InlineData("Subject: s\nWhy: w\n")]
    [InlineData("Subject: s\nWhy: w\n---\n")]
    public void A_patch_without_a_diff_is_an_error(string content)
    {
        fixture.Folder.Write("patches/1.patch", content);
        var read = () => fixture.Series("1.patch");
        read.Should().Throw<BuildException>().WithMessage("*1.patch has no diff*");
    }

    [Fact]
    public void An_entry_without_a_file_is_an_error_that_names_it()
    {
        var read = () => fixture.Series("0009-gone.patch");
        read.Should().Throw<BuildException>().WithMessage("*series names 0009-gone.patch, which is not in*");
    }

    [Fact]
    public void A_patch_that_is_not_in_the_series_is_an_error_that_names_it()
    {
        fixture.Add("0002-forgotten.patch", "lib/ten.c", "line5", "five");
        var read = () => fixture.Series();
        read.Should().Throw<BuildException>().WithMessage("*0002-forgotten.patch is not in*series*");
    }

    [Fact]
    public void A_duplicate_patch_is_an_error()
    {
        fixture.Add("1.patch", "lib/ten.c", "line5", "five");
        var read = () => fixture.Series("1.patch", "1.patch");
        read.Should().Throw<BuildException>().WithMessage("*1.patch twice*");
    }

    [Fact]
    public void A_patch_of_another_versions_folder_can_be_named()
    {
        fixture.Add("1/0001-a.patch", "lib/ten.c", "line5", "five");
        fixture.Folder.Write("patches/2/series", "../1/0001-a.patch # needed by both\n");

        var patch = PatchSeries.Read(fixture.Folder["patches", "2"]).Patches.Should().ContainSingle().Subject;

        (patch.FileName, patch.Path).Should().Be(("0001-a.patch", fixture.Folder["patches", "1", "0001-a.patch"]));
    }

    [Theory]
    [InlineData("../1/0009-gone.patch", "*2/series names ../1/0009-gone.patch, which is not in */patches/1; add the file*")]
    [InlineData("../1/0001-a.patch\n0001-a.patch", "*2/series names 0001-a.patch twice*")]
    [InlineData("/etc/passwd", "*the line '/etc/passwd'; write the name of a patch*")]
    [InlineData("../../config/secret", "*the line '../../config/secret'*")]
    [InlineData("../1/deeper/0001-a.patch", "*the line '../1/deeper/0001-a.patch'*")]
    [InlineData("1/0001-a.patch", "*the line '1/0001-a.patch'*")]
    [InlineData("../../0001-a.patch", "*the line*")]
    public void A_line_that_leads_elsewhere_is_an_error(string lines, string message)
    {
        fixture.Add("1/0001-a.patch", "lib/ten.c", "line5", "five");
        fixture.Add("2/0001-a.patch", "lib/ten.c", "line5", "five");
        fixture.Folder.Write("patches/2/series", lines + "\n");

        FluentActions.Invoking(() => PatchSeries.Read(fixture.Folder["patches", "2"]))
            .Should().Throw<BuildException>().WithMessage(message);
    }

    [Fact]
    public void A_patch_that_two_versions_have_of_their_own_changes_the_same_lines_in_both()
    {
        var layout = new BuildLayout(RepositoryRoot.Path, fixture.Folder.Path);
        var own = SourceCatalogue.Read(layout.SourceCatalogue).Archives.Where(archive => archive.Name == "musl")
            .SelectMany(musl => Directory.EnumerateFiles(layout.MuslPatches(musl.Version), "*.patch")).GroupBy(Path.GetFileName);

        foreach (var twins in own.Where(files => files.Count() > 1))
            twins.Select(file => string.Join('\n', new PatchText(File.ReadAllText(file)).Changes())).Distinct()
                .Should().ContainSingle(twins.Key);
    }

    [Fact]
    public void A_missing_series_is_an_error_that_says_what_to_make()
    {
        var read = () => PatchSeries.Read(fixture.Folder["none"]);
        read.Should().Throw<BuildException>().WithMessage("*none/series; create it, and leave it empty if*");
    }

    [Fact]
    public void The_listing_shows_each_patch_in_a_hundred_columns()
    {
        fixture.Add("0001-a.patch", "lib/ten.c", "line5", "five",
            $"Subject: count in words\nWhy: {string.Join(' ', Enumerable.Repeat("because", 40))}\n"
                + "Reference: https://example.org/1\nApplies-Until: 1.2.6\nCVE: CVE-2025-26519\n");
        fixture.Add("0002-b.patch", "lib/ten.c", "line6", "six");
        var lines = PatchListing.Lines(fixture.Series("0001-a.patch", "0002-b.patch"));
        lines.Should().OnlyContain(line => line.Length <= 100);
        lines.Should().ContainInOrder(
            "  1. count in words", "     file:      0001-a.patch", "     CVE:       CVE-2025-26519",
            "     reference: https://example.org/1", "     until:     1.2.6", "  2. a change", "2 patches, 1 CVEs closed.");
        lines.Count(line => line.Contains("because", StringComparison.Ordinal)).Should().Be(4);
    }
}
