using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Musl;
using L4ReMusl.Patching;
using L4ReMusl.Sources;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Patching;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Musl;

public sealed class MuslSourceStageTests : IDisposable
{
    readonly PatchFixture fixture = new();
    readonly BuildLayout layout;
    readonly SourceArchive source;

    public MuslSourceStageTests()
    {
        layout = new BuildLayout(fixture.Folder["project"], fixture.Folder["user cache"]);
        var path = Path.Combine(Directory.CreateDirectory(layout.Downloads).FullName, "musl-9.tar.gz");
        new TestArchive().File("musl-9/lib/ten.c", PatchFixture.TenLines).Link("musl-9/link", "lib").Save(path);
        source = new SourceArchive(
            "musl", "9", new DateOnly(2024, 2, 29), "musl-9.tar.gz", 1, Fingerprint.Sha256OfFile(path), "musl-9", [], null, null);
        fixture.Add("1.patch", "lib/ten.c", "line5", "five", "Subject: s\nWhy: w\nCVE: CVE-2025-1234\n");
    }

    public void Dispose() => fixture.Dispose();

    MuslSourceStage Stage(params string[] series) => new(
        layout,
        new ArchiveSource(source, Fetcher, new ProgressDisplay(TextWriter.Null, isTerminal: false)),
        fixture.Series(series),
        new PatchApplier(Tools.OfHost));

    ArchiveFetcher Fetcher => new(
        layout.Downloads,
        new ArchiveLocations([], isOffline: true, new DebianMirrors(null, Tools.OfHost)),
        new SignatureVerifier(Tools.OfHost, fixture.Folder["keys"]),
        new RecordedLog().Logger);

    StageMaker Maker => new(
        new StageFolders(layout.Output),
        Caches.In(layout.CompiledResults),
        Tools.Jobs,
        new RecordedLog().Logger);

    [Fact]
    public void The_tree_has_the_archives_files_with_the_series_applied()
    {
        var report = Maker.Make(Stage("1.patch"));
        File.ReadAllText(Path.Combine(layout.MuslSource, "lib", "ten.c")).Should().Contain("int five;");
        new DirectoryInfo(Path.Combine(layout.MuslSource, "link")).LinkTarget.Should().Be("lib");
        report.Figures.Should().Contain([new Figure("files", "2"), new Figure("patches", "1"), new Figure("CVEs closed", "1")]);
    }

    [Fact]
    public void An_archive_that_is_not_the_one_of_the_catalogue_is_never_unpacked()
    {
        new TestArchive().File("musl-9/lib/ten.c", PatchFixture.TenLines).Save(Path.Combine(layout.Downloads, source.FileName));

        this.Invoking(test => test.Maker.Make(test.Stage("1.patch"))).Should().Throw<BuildException>()
            .WithMessage("musl-9.tar.gz is not in the cache*");

        Path.Exists(layout.MuslSource).Should().BeFalse();
    }

    [Fact]
    public void A_second_run_is_up_to_date_and_a_changed_patch_is_named_as_the_reason_for_another()
    {
        Maker.Make(Stage("1.patch"));
        Maker.Make(Stage("1.patch")).Outcome.Should().Be(StageOutcome.UpToDate);

        File.AppendAllText(fixture.Folder["patches", "1.patch"], "\n");
        Maker.ReasonToRun(Stage("1.patch")).Should().Be("changed: 1.patch");
    }

    [Fact]
    public void The_order_of_the_patches_counts()
    {
        fixture.Add("2.patch", "a b.c", "int", "long");
        Stage("1.patch", "2.patch").Inputs.Changes(Stage("2.patch", "1.patch").Inputs).Should().Equal("order of the series");
    }

    [Fact]
    public void A_patch_that_does_not_apply_leaves_nothing_behind()
    {
        fixture.Folder.Write("out/src/lib/ten.c", PatchFixture.TenLines.Replace("line6", "six", StringComparison.Ordinal));
        fixture.Add("2.patch", "lib/ten.c", "line5", "cinq");
        var run = () => Maker.Make(Stage("1.patch", "2.patch"));
        run.Should().Throw<BuildException>().WithMessage("The patch 2.patch*");
        Path.Exists(layout.MuslSource).Should().BeFalse();
        Directory.GetFileSystemEntries(Path.Combine(layout.Output, ".scratch")).Should().BeEmpty();
    }
}
