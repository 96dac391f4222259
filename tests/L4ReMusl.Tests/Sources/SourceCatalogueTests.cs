using L4ReMusl.Layout;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Sources;

public sealed class SourceCatalogueTests : IDisposable
{
    const string Record = """
        {
          "name": "demo", "version": "1.2.0", "released": "2024-02-29", "fileName": "demo-1.2.0.tar.gz", "size": 7,
          "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
          "topFolder": "demo-1.2.0", "urls": ["https://example.org/demo-1.2.0.tar.gz"], "debianPool": null, "signature": null
        }
        """;

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    SourceCatalogue Read(params string[] records) =>
        SourceCatalogue.Read(folder.Write("sources.json", $$"""{ "archives": [{{string.Join(',', records)}}] }"""));

    [Fact]
    public void The_catalogue_of_the_repository_has_the_default_version_of_musl()
    {
        var layout = new BuildLayout(RepositoryRoot.Path, folder.Path);
        var musl = SourceCatalogue.Read(layout.SourceCatalogue).Find("musl", "1.2.5");
        musl.Sha256.Should().Be("a9a118bbe84d8764da0ea0d28b3ab3fae8477fc7e4085d90102b8596fc7c75e4");
        musl.Urls[0].Should().Be("https://musl.libc.org/releases/musl-1.2.5.tar.gz");
        musl.Signature.Should().NotBeNull();
    }

    [Fact]
    public void Every_key_in_the_repository_s_catalogue_exists_and_has_the_pinned_fingerprint()
    {
        var layout = new BuildLayout(RepositoryRoot.Path, folder.Path);
        var archives = SourceCatalogue.Read(layout.SourceCatalogue).Archives;
        foreach (var signature in archives.Select(archive => archive.Signature).OfType<SourceSignature>())
        {
            var shown =
                GpgHome.Run(folder.Path, "--with-colons", "--show-keys", Path.Combine(layout.SigningKeys, signature.KeyFile));
            shown.Split('\n').Where(line => line.StartsWith("pub:", StringComparison.Ordinal))
                .Should().ContainSingle("the file should hold one key");
            shown.Split('\n').First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9]
                .Should().Be(signature.Fingerprint);
        }
    }

    [Fact]
    public void What_mirrors_may_drop_is_sought_in_a_snapshot_at_last()
    {
        var record = Record.Replace(
            "\"debianPool\": null",
            "\"debianPool\": \"pool/x.tar.gz\", \"debianSnapshot\": \"20261130T000000Z\"",
            StringComparison.Ordinal);

        Read(record).Find("demo", "1.2.0").LastUrls.Should()
            .Equal("https://snapshot.debian.org/archive/debian/20261130T000000Z/pool/x.tar.gz");
    }

    [Theory]
    [InlineData("\"debianPool\": null, \"debianSnapshot\": \"20261130T000000Z\"")]
    [InlineData("\"debianPool\": \"pool/x\", \"debianSnapshot\": \"2026-11-30\"")]
    [InlineData("\"debianPool\": \"pool/x\", \"debianSnapshot\": \"20261130T0000/../\"")]
    public void A_snapshot_is_a_time_of_something_in_Debian_s_archive(string fields)
    {
        var read = () => Read(Record.Replace("\"debianPool\": null", fields, StringComparison.Ordinal));

        read.Should().Throw<BuildException>().WithMessage("*'debianSnapshot' of demo 1.2.0 is '*', but it must be a time*");
    }

    [Fact]
    public void An_unknown_version_is_an_error_that_lists_the_versions_and_the_nearest()
    {
        var find = () => Read(Record, Record.Replace("1.2.0", "1.3.7", StringComparison.Ordinal)).Find("demo", "1.3.8");
        find.Should().Throw<BuildException>().WithMessage("*no demo '1.3.8'*1.2.0, 1.3.7*Did you mean '1.3.7'?");
    }

    [Fact]
    public void An_unknown_name_is_an_error_that_lists_the_names()
    {
        var find = () => Read(Record).Find("demos", "1.2.0");
        find.Should().Throw<BuildException>().WithMessage("*no 'demos'*it has demo.");
    }

    [Theory]
    [InlineData("\"size\": 7", "\"size\": 0", "*'size' of demo 1.2.0 is '0'*")]
    [InlineData("\"size\": 7,", "", "*demo-1.2.0.tar.gz must have 'size', a number*")]
    [InlineData("\"size\": 7", "\"size\": 7.5", "*must have 'size', a whole number*")]
    [InlineData("\"name\": \"demo\"", "\"name\": null", "*must have 'name', a text*")]
    [InlineData("2024-02-29", "29.2.2024", "*must have 'released', a day such as*")]
    [InlineData("0123456789abcdef", "0123456789ABCDEF", "*'sha256' of demo 1.2.0*64 lower-case*")]
    [InlineData("\"fileName\": \"demo", "\"fileName\": \"../demo", "*'fileName' of demo 1.2.0 is '../demo-1.2.0.tar.gz'*")]
    [InlineData("https://example.org", "ftp://example.org", "*'urls' of demo 1.2.0 is 'ftp://*http or https*")]
    [InlineData("\"debianPool\": null", "\"debian\": null", "*must have 'debianPool'*")]
    [InlineData("\"signature\": null", "\"signature\": null, \"md5\": \"0\"", "*has 'md5', which is not one of*signature*")]
    [InlineData(
        "\"signature\": null",
        "\"signature\": {\"suffix\": \".asc\", \"keyFile\": \"k\", \"fingerprint\": \"12\"}",
        "*'fingerprint' of demo 1.2.0 is '12'*40 upper-case*")]
    [InlineData("{", "[", "*not a catalogue of sources*")]
    public void A_bad_record_is_an_error_that_names_the_field(string good, string bad, string message)
    {
        var read = () => Read(Record.Replace(good, bad, StringComparison.Ordinal));
        read.Should().Throw<BuildException>().WithMessage(message);
    }

    [Fact]
    public void A_duplicate_version_is_an_error()
    {
        var read = () => Read(Record, Record);
        read.Should().Throw<BuildException>().WithMessage("*demo 1.2.0 twice*");
    }

    [Fact]
    public void A_missing_catalogue_is_an_error_that_names_it()
    {
        var read = () => SourceCatalogue.Read(folder["none.json"]);
        read.Should().Throw<BuildException>().WithMessage("*none.json*");
    }
}
