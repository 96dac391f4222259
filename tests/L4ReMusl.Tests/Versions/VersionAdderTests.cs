using L4ReMusl.Foundation.Files;
using L4ReMusl.Layout;
using L4ReMusl.Patching;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Patching;
using L4ReMusl.Tests.Support;
using L4ReMusl.Versions;

namespace L4ReMusl.Tests.Versions;

/// <summary>A small repository that knows a musl 9.0, and a mirror that also has 9.1.</summary>
public sealed class VersionAdderTests : IDisposable
{
    const string Catalogue = """
        {
          "archives": [
            {
              "name": "musl", "version": "9.0", "released": "2023-01-02", "fileName": "musl-9.0.tar.gz", "size": 1,
              "sha256": "0000000000000000000000000000000000000000000000000000000000000000", "topFolder": "musl-9.0",
              "urls": ["https://example.org/musl-9.0.tar.gz", "https://example.org/v3.22/musl-9.0.tar.gz"],
              "debianPool": null, "signature": null
            }
          ], "note": [1,  2]
        }
        """;

    readonly PatchFixture fixture = new();
    readonly BuildLayout layout;
    readonly string mirror;

    public VersionAdderTests()
    {
        layout = new BuildLayout(fixture.Folder.Path, fixture.Folder["cache"]);
        mirror = Directory.CreateDirectory(fixture.Folder["mirror"]).FullName;
        fixture.Folder.Write("config/sources.json", Catalogue.Replace(""", "note": [1,  2]""", "", StringComparison.Ordinal));
        foreach (var file in (string[])["same", "moved", "fixed", "other", "gone"])
            fixture.Folder.Write($"out/src/{file}.c", PatchFixture.TenLines);
        Add("0001-same", "same.c");
        Add("0002-moved", "moved.c");
        Add("0003-fixed", "fixed.c", "Applies-Until: 9.1\n");
        Add("0004-conflict", "other.c");
        Add("0005-superseded", "other.c", "Applies-Until: 9.1, in another way\n");
        Add("0006-gone", "gone.c");
        Add("0007-later", "same.c", "Applies-Until: 9.2\n", "line9");
        fixture.Folder.Write("patches/musl/9.0/series", string.Concat(Directory.GetFiles(layout.MuslPatches("9.0"), "*.patch")
            .Select(file => Path.GetFileName(file) + "\n").Order(StringComparer.Ordinal)));
        Add("l4re/0301-calls", "same.c", line: "line1", folder: "musl");
        fixture.Folder.Write("patches/musl/l4re/series", "0301-calls.patch\n");
        Release().Save(Path.Combine(mirror, "musl-9.1.tar.gz"));
    }

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void Each_patch_of_the_newest_series_is_tried_and_what_fits_becomes_the_series()
    {
        var added = Adder().Add("9.1");

        added.Base.Should().Be("9.0");
        added.Trials.Select(trial => (trial.Patch.FileName[..4], trial.Fit)).Should().Equal(
            ("0001", PatchFit.Applies), ("0002", PatchFit.Moved), ("0003", PatchFit.Upstream), ("0004", PatchFit.Conflict),
            ("0005", PatchFit.UpstreamByHeader), ("0006", PatchFit.Conflict), ("0007", PatchFit.Applies));
        added.Trials[1].Places.Should().Equal("moved.c, hunk 1, by 2 lines");
        added.Trials[3].Places.Should().Equal("other.c, hunk 1 at line 2");
        added.Trials[5].Places.Should().Equal("gone.c: No such file or directory");
        added.FlavourTrials.Should().ContainSingle().Which.Fit.Should().Be(PatchFit.Applies);
        SeriesLines("9.1").Should().Equal("../9.0/0001-same.patch", "0002-moved.patch", "../9.0/0007-later.patch");
        string.Join('\n', added.Lines()).Should().Contain("3 apply, 1 at other lines".Replace("3", "2", StringComparison.Ordinal))
            .And.Contain("CONFLICTS        0004-conflict.patch: other.c, hunk 1 at line 2")
            .And.Contain("Nothing vouches for these bytes");
    }

    [Fact]
    public void The_new_series_applies_and_its_copies_change_the_same_lines()
    {
        Adder().Add("9.1");

        var copy = Path.Combine(layout.MuslPatches("9.1"), "0002-moved.patch");
        var (before, after) = (
            File.ReadAllLines(Path.Combine(layout.MuslPatches("9.0"), "0002-moved.patch")), File.ReadAllLines(copy));
        before.Zip(after).Where(pair => pair.First != pair.Second)
            .Should().ContainSingle().Which.Second.Should().StartWith("@@ -4,7 +4,7 @@");
        new ArchiveExtractor().Extract(Path.Combine(mirror, "musl-9.1.tar.gz"), "musl-9.1", fixture.Folder["tree"]);
        new PatchApplier(Tools.OfHost).Apply(fixture.Folder["tree"], PatchSeries.Read(layout.MuslPatches("9.1")).Patches);
        File.ReadAllText(fixture.Folder["tree", "moved.c"]).Should().Contain("int changed;");
    }

    [Fact]
    public void The_record_says_what_the_archive_is_and_the_rest_of_the_catalogue_stays_as_it_was()
    {
        var before = File.ReadAllText(layout.SourceCatalogue);

        Adder().Add("9.1");

        var archive = Path.Combine(mirror, "musl-9.1.tar.gz");
        var added = SourceCatalogue.Read(layout.SourceCatalogue).Find("musl", "9.1");
        added.Should().BeEquivalentTo(new SourceArchive(
            "musl", "9.1", DateOnly.FromDateTime(TestArchive.Time), "musl-9.1.tar.gz", new FileInfo(archive).Length,
            Fingerprint.Sha256OfFile(archive),
            "musl-9.1", ["https://example.org/musl-9.1.tar.gz"], null, null));
        var text = File.ReadAllText(layout.SourceCatalogue);
        var start = before.LastIndexOf("    }", StringComparison.Ordinal) + 5;
        text.Should().StartWith(before[..start] + ",\n    {\n      \"name\": \"musl\",\n")
            .And.EndWith("\n    }" + before[start..]);
        File.Exists(Path.Combine(layout.Downloads, "musl-9.1.tar.gz")).Should().BeTrue("the next build needs no mirror");
    }

    [Theory]
    [InlineData("9.0", "*musl 9.0 is already in config/sources.json. Name the version to add with --musl-version*")]
    [InlineData("9.2", "*patches/musl/9.2 already exists, and is not overwritten*")]
    [InlineData(
        "9.3",
        "*musl-9.3.tar.gz could not be fetched from any place, and the build is offline:*"
            + "musl-9.3.tar.gz: no such file*--mirrors*")]
    [InlineData("9.4", "*musl-9.4.tar.gz could not be fetched*is damaged, or not an archive*")]
    [InlineData("9.5", "*musl-9.5.tar.gz could not be fetched*is outside the folder 'musl-9.5'*")]
    [InlineData("nine", "'nine' is not a version of musl; write it as in '--musl-version 1.2.7'.")]
    [InlineData("../9.1", "'../9.1' is not a version of musl*")]
    public void What_cannot_be_added_changes_nothing(string version, string message)
    {
        fixture.Folder.Write("patches/musl/9.2/mine", "mine\n");
        File.WriteAllText(Path.Combine(mirror, "musl-9.4.tar.gz"), "<html>not found</html>");
        Release().Save(Path.Combine(mirror, "musl-9.5.tar.gz"));
        var before = Contents();

        Adder().Invoking(adder => adder.Add(version)).Should().Throw<BuildException>().WithMessage(message);

        Contents().Should().Equal(before);
    }

    [Fact]
    public void A_failure_in_the_middle_leaves_nothing_half_written()
    {
        Adder().Add("9.1").Written.Should().NotBeEmpty();
        var good = Contents().ToList();
        fixture.Folder.Write("patches/musl/l4re/series", "0301-calls.patch\nnone.patch\n");
        Release("9.6").Save(Path.Combine(mirror, "musl-9.6.tar.gz"));

        Adder().Invoking(adder => adder.Add("9.6")).Should().Throw<BuildException>().WithMessage("*none.patch*");

        Directory.Exists(layout.MuslPatches("9.6")).Should().BeFalse();
        fixture.Folder.Write("patches/musl/l4re/series", "0301-calls.patch\n");
        File.Delete(Path.Combine(mirror, "musl-9.6.tar.gz"));
        Contents().Should().Equal(good);
    }

    [Fact]
    public void A_signature_of_the_key_is_checked_and_a_bad_one_refused()
    {
        using var gpg = new GpgHome();
        Directory.CreateDirectory(layout.SigningKeys);
        gpg.ExportKey(Path.Combine(layout.SigningKeys, "test.asc"));
        File.WriteAllText(layout.SourceCatalogue, File.ReadAllText(layout.SourceCatalogue).Replace(
            "\"signature\": null", $$"""
            "signature": { "suffix": ".asc", "keyFile": "test.asc", "fingerprint": "{{gpg.Fingerprint}}" }
            """, StringComparison.Ordinal));
        var archive = Path.Combine(mirror, "musl-9.1.tar.gz");
        gpg.Sign(archive, archive + ".asc");
        Release("9.2").Save(Path.Combine(mirror, "musl-9.2.tar.gz"));
        File.Copy(archive + ".asc", Path.Combine(mirror, "musl-9.2.tar.gz.asc"));

        var added = Adder().Add("9.1");
        string.Join('\n', added.Lines()).Should().MatchRegex("signature  good \\(....….{4}\\)").And.NotContain("Nothing vouches");
        Adder().Invoking(adder => adder.Add("9.2"))
            .Should().Throw<BuildException>().WithMessage("*is not a good one by the key*BAD signature*");
        Directory.Exists(layout.MuslPatches("9.2")).Should().BeFalse();
    }

    [Fact]
    public void A_release_after_that_goes_by_the_newest_and_names_patches_where_they_stand()
    {
        Adder().Add("9.1");
        Release("9.10").Save(Path.Combine(mirror, "musl-9.10.tar.gz"));

        var added = Adder().Add("9.10");

        added.Base.Should().Be("9.1");
        SeriesLines("9.10").Should().Equal("../9.0/0001-same.patch", "../9.1/0002-moved.patch", "../9.0/0007-later.patch");
    }

    VersionAdder Adder() =>
        new(layout, new ArchiveLocations([mirror], isOffline: true, new DebianMirrors(null, Tools.OfHost)), Tools.OfHost);

    IEnumerable<string> SeriesLines(string version) => File.ReadLines(Path.Combine(layout.MuslPatches(version), "series"))
        .Where(line => line.Length > 0 && !line.StartsWith('#'));

    IEnumerable<string> Contents() => FileTree.List(fixture.Folder.Path)
        .Where(entry => entry.IsFile && !entry.Path.StartsWith(".git/", StringComparison.Ordinal))
        .Select(entry => $"{entry.Path} {Fingerprint.Sha256OfFile(fixture.Folder[entry.Path])}");

    void Add(string name, string file, string header = "", string line = "line5", string folder = "musl/9.0") =>
        fixture.Add($"{folder}/{name}.patch", file, $"{line};", "changed;", $"Subject: s\nWhy: w\n{header}");

    static TestArchive Release(string version = "9.1") => new TestArchive()
        .File($"musl-{version}/same.c", PatchFixture.TenLines)
        .File($"musl-{version}/moved.c", "int first;\nint second;\n" + PatchFixture.TenLines)
        .File($"musl-{version}/fixed.c", PatchFixture.TenLines.Replace("line5;", "changed;", StringComparison.Ordinal))
        .File($"musl-{version}/other.c", PatchFixture.TenLines.Replace("line6", "six", StringComparison.Ordinal));
}
