using L4ReMusl.Sources;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Sources;

public sealed class SignatureTests : IDisposable
{
    readonly FetcherFixture fixture = new() { HostTools = Tools.OfHost };
    readonly GpgHome signer = new();
    readonly string mirror;

    public SignatureTests()
    {
        mirror = Path.GetDirectoryName(fixture.Folder.Write("mirror/x", ""))!;
        File.Copy(fixture.Folder["content"], Path.Combine(mirror, "demo-1.0.tar.gz"));
        Directory.CreateDirectory(fixture.Keys);
        signer.ExportKey(Path.Combine(fixture.Keys, "demo.asc"));
        fixture.Archive = fixture.Archive with { Signature = new SourceSignature(".asc", "demo.asc", signer.Fingerprint) };
    }

    string Signature => Path.Combine(mirror, "demo-1.0.tar.gz.asc");

    string Good => $"good ({signer.Fingerprint[..4]}…{signer.Fingerprint[^4..]})";

    public void Dispose()
    {
        signer.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void A_good_signature_next_to_the_archive_is_noted_and_kept()
    {
        signer.Sign(fixture.Folder["content"], Signature);
        fixture.Fetch(mirror).SignatureNote.Should().Be(Good);
        File.ReadAllBytes(fixture.CachedFile + ".asc").Should().Equal(File.ReadAllBytes(Signature));
        fixture.FetchOffline().SignatureNote.Should().Be(Good);
    }

    [Fact]
    public void A_signature_comes_from_the_server_that_has_the_archive()
    {
        signer.Sign(fixture.Folder["content"], Signature);
        using var server = LoopbackServer.Of(new Dictionary<string, byte[]>
        {
            ["/demo-1.0.tar.gz"] = fixture.Content,
            ["/demo-1.0.tar.gz.asc"] = File.ReadAllBytes(Signature),
        });
        fixture.Fetch(server.Url).SignatureNote.Should().Be(Good);
    }

    [Fact]
    public void A_verified_signature_is_remembered_as_long_as_the_pinned_key_is_the_same()
    {
        signer.Sign(fixture.Folder["content"], Signature);
        fixture.Fetch(mirror);
        fixture.HostTools = Tools.In("/nowhere");
        fixture.Fetch().SignatureNote.Should().Be(Good);

        fixture.Archive = fixture.Archive with
        {
            Signature = fixture.Archive.Signature! with { Fingerprint = new string('A', 40) },
        };
        fixture.Fetch().SignatureNote.Should().Be("not checked: no gpg");
    }

    [Fact]
    public void A_signature_in_the_cache_is_used_offline()
    {
        fixture.Cached(fixture.Content);
        signer.Sign(fixture.Folder["content"], fixture.CachedFile + ".asc");
        fixture.FetchOffline().SignatureNote.Should().Be(Good);
    }

    [Fact]
    public void A_signature_for_other_bytes_is_an_error_each_time_and_nothing_is_kept()
    {
        signer.Sign(fixture.Folder.Write("other", "other bytes"), Signature);
        for (var time = 1; time <= 2; time++)
        {
            var fetch = () => fixture.Fetch(mirror);
            fetch.Should().Throw<BuildException>()
                .WithMessage($"The signature of demo-1.0.tar.gz*{signer.Fingerprint}: BAD signature*");
            fixture.ShouldHaveNothing();
        }
    }

    [Fact]
    public void A_bad_signature_in_the_cache_is_an_error_each_time()
    {
        fixture.Cached(fixture.Content);
        signer.Sign(fixture.Folder.Write("other", "other bytes"), fixture.CachedFile + ".asc");
        var fetch = () => fixture.Fetch();
        fetch.Should().Throw<BuildException>().WithMessage("*BAD signature*");
        fetch.Should().Throw<BuildException>().WithMessage("*BAD signature*");
    }

    [Fact]
    public void A_signature_of_another_key_is_an_error()
    {
        using var stranger = new GpgHome();
        stranger.Sign(fixture.Folder["content"], Signature);
        FetchShouldFail("*made by another key*");

        stranger.ExportKey(Path.Combine(fixture.Keys, "stranger.asc"));
        fixture.Archive = fixture.Archive with { Signature = fixture.Archive.Signature! with { KeyFile = "stranger.asc" } };
        FetchShouldFail("*made by another key*");
    }

    [Fact]
    public void A_signature_that_gpg_cannot_read_is_an_error()
    {
        File.WriteAllText(Signature, "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n");
        FetchShouldFail("*gpg cannot read it*");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("<html>Please log in</html>")]
    public void A_place_without_a_signature_is_a_note(string? page)
    {
        if (page is not null)
            File.WriteAllText(Signature, page);
        fixture.Fetch(mirror).SignatureNote.Should().Be("not checked: the archive's source has no signature");
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Fact]
    public void A_machine_without_gpg_is_a_note()
    {
        signer.Sign(fixture.Folder["content"], Signature);
        fixture.HostTools = Tools.In("/nowhere");
        fixture.Fetch(mirror).SignatureNote.Should().Be("not checked: no gpg");
    }

    [Fact]
    public void A_key_that_is_missing_from_the_repository_is_an_error_that_names_it()
    {
        signer.Sign(fixture.Folder["content"], Signature);
        File.Delete(Path.Combine(fixture.Keys, "demo.asc"));
        FetchShouldFail("*demo.asc*is missing*");
    }

    void FetchShouldFail(string message)
    {
        var fetch = () => fixture.Fetch(mirror);
        fetch.Should().Throw<BuildException>().WithMessage(message);
        fixture.ShouldHaveNothing();
    }
}
