using System.Security.Cryptography;
using L4ReMusl.Caching;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Caching;

/// <summary>Machines that share a folder.</summary>
public sealed class RemoteCacheTests : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void What_one_machine_stores_another_takes_and_keeps_in_its_own_cache()
    {
        using (var author = new Machine(Remote, RemoteMode.ReadWrite))
            author.Obtain().Should().Be(StageOutcome.Made);
        using var reader = new Machine(Remote);

        reader.Obtain().Should().Be(StageOutcome.FromRemoteCache);
        reader.Content.Should().Be("good");

        Directory.Delete(Remote, recursive: true);
        reader.Obtain().Should().Be(StageOutcome.FromCache);
        reader.Log.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void A_read_only_machine_stores_nothing_there()
    {
        Directory.CreateDirectory(Remote);
        using (var reader = new Machine(Remote))
            reader.Obtain();

        Directory.EnumerateFileSystemEntries(Remote).Should().BeEmpty();
    }

    [Fact]
    public void A_remote_cache_that_is_added_later_gets_what_the_machine_had_made_before()
    {
        using var author = new Machine(Remote, RemoteMode.ReadWrite);
        author.Obtain();
        author.Cache.Finish();
        Directory.Delete(Remote, recursive: true);

        author.Obtain().Should().Be(StageOutcome.FromCache);
        author.Cache.Finish();

        using var reader = new Machine(Remote);
        reader.Obtain().Should().Be(StageOutcome.FromRemoteCache);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Please log in</html>\n")]
    [InlineData("l4re-musl-result 1 -\nno archive")]
    [InlineData("l4re-musl-result 9 -\n")]
    public void A_damaged_object_is_one_warning_and_is_replaced_by_a_machine_that_may(string content)
    {
        temp.Write($"remote/{Machine.ObjectName}", content);
        using (var reader = new Machine(Remote))
        {
            reader.Obtain().Should().Be(StageOutcome.Made);
            reader.Obtain("other").Should().Be(StageOutcome.Made);
            reader.Content.Should().Be("good");
            reader.Log.Warnings.Should().ContainSingle().Which.Should().Contain(Remote).And.Contain("is wrong");
        }

        using (var author = new Machine(Remote, RemoteMode.ReadWrite))
            author.Obtain().Should().Be(StageOutcome.Made);

        using var healed = new Machine(Remote);
        healed.Obtain().Should().Be(StageOutcome.FromRemoteCache);
    }

    [Fact]
    public void A_truncated_object_is_not_used()
    {
        using (var author = new Machine(Remote, RemoteMode.ReadWrite))
            author.Make(new string('x', 100_000));
        using (var file = File.OpenWrite(RemoteFile))
            file.SetLength(file.Length * 2 / 3);
        using var reader = new Machine(Remote);

        reader.Obtain().Should().Be(StageOutcome.Made);
        reader.Log.Warnings.Should().ContainSingle();
    }

    [Fact]
    public void An_object_of_something_else_under_the_right_name_is_not_used()
    {
        using (var author = new Machine(Remote, RemoteMode.ReadWrite))
            author.Make("bad", source: "other");
        File.Move(Directory.GetFiles(Remote).Single(), RemoteFile);
        using var reader = new Machine(Remote);

        reader.Obtain().Should().Be(StageOutcome.Made);
        reader.Content.Should().Be("good");
        reader.Log.Warnings.Should().ContainSingle().Which.Should().Contain("something else");
    }

    [Fact]
    public void Both_caches_poisoned_give_the_same_bytes_as_none()
    {
        using (var author = new Machine(Remote, RemoteMode.ReadWrite))
            author.Obtain();
        using var reader = new Machine(Remote);
        reader.Obtain();
        File.WriteAllText(RemoteFile, "poison");
        File.WriteAllText(reader.LocalEntry, "poison");

        reader.Obtain().Should().Be(StageOutcome.Made);
        reader.Content.Should().Be("good");
        reader.Obtain().Should().Be(StageOutcome.FromCache, "the poisoned entry was replaced");
    }

    [Fact]
    public void With_a_key_a_liar_with_a_matching_stamp_is_refused()
    {
        var (secret, known) = NewKey();
        using (var author = new Machine(Remote, RemoteMode.ReadWrite, secret))
            author.Obtain();
        using (var reader = new Machine(Remote, key: known))
            reader.Obtain().Should().Be(StageOutcome.FromRemoteCache);

        foreach (var forged in (SigningKey?[])[null, NewKey().Secret])
        {
            using (var liar = new Machine(Remote, RemoteMode.ReadWrite, forged))
                liar.Make("evil");
            using (var trusting = new Machine(Remote))
            {
                trusting.Obtain();
                trusting.Content.Should().Be("evil", "without a key, the place is trusted");
            }

            using var reader = new Machine(Remote, key: known);
            reader.Obtain().Should().Be(StageOutcome.Made);
            reader.Content.Should().Be("good");
            reader.Log.Warnings.Should().ContainSingle().Which.Should().Contain("sign");
        }
    }

    [Fact]
    public void A_signed_result_cannot_be_passed_off_as_another()
    {
        var (secret, known) = NewKey();
        using (var author = new Machine(Remote, RemoteMode.ReadWrite, secret))
            author.Make("old", source: "other");
        File.Move(Directory.GetFiles(Remote).Single(), RemoteFile);
        using var reader = new Machine(Remote, key: known);

        reader.Obtain().Should().Be(StageOutcome.Made);
        reader.Log.Warnings.Should().ContainSingle().Which.Should().Contain("signature");
    }

    [Fact]
    public void What_was_made_without_a_key_is_signed_when_it_is_stored()
    {
        var (secret, known) = NewKey();
        using var author = new Machine(Remote, RemoteMode.ReadWrite, secret);
        using (var before = new Machine(null))
        {
            before.Obtain();
            Directory.CreateDirectory(author.Cache.Local.Folder);
            File.Copy(before.LocalEntry, author.LocalEntry);
        }

        author.Obtain().Should().Be(StageOutcome.FromCache);
        author.Cache.Finish();

        using var reader = new Machine(Remote, key: known);
        reader.Obtain().Should().Be(StageOutcome.FromRemoteCache);
    }

    [Fact]
    public void A_missing_folder_is_one_warning_and_no_error()
    {
        using var reader = new Machine(Remote);

        reader.Obtain().Should().Be(StageOutcome.Made);
        reader.Obtain("other").Should().Be(StageOutcome.Made);

        reader.Log.Warnings.Should().ContainSingle().Which.Should().Contain(Remote).And.Contain("no such folder");
    }

    [Fact]
    public void A_folder_whose_server_hangs_does_not_stop_the_build()
    {
        Directory.CreateDirectory(Remote);
        Tools.OfHost.Run(new("mkfifo", RemoteFile)).OrThrow("make a pipe, which nobody writes to");
        using (var reader = new Machine(Remote, patience: RemotePatience.Default with { Transfer = TimeSpan.FromSeconds(0.5) }))
        {
            reader.Obtain().Should().Be(StageOutcome.Made);
            reader.Log.Warnings.Should().ContainSingle().Which.Should().Contain("longer than 0.5 s");
        }

        File.WriteAllText(RemoteFile, ""); // Ends the abandoned call.
    }

    [Fact]
    public async Task Many_machines_and_threads_may_store_and_take_the_same_results_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() =>
        {
            using var machine = new Machine(Remote, RemoteMode.ReadWrite);
            foreach (var source in Enumerable.Range(0, 20))
            {
                machine.Obtain($"{source}");
                machine.Content.Should().Be("good");
            }

            machine.Cache.Finish();
            machine.Log.Warnings.Should().BeEmpty();
        })));

        Directory.EnumerateFiles(Remote).Should().HaveCount(20);
    }

    [Fact]
    public void Two_threads_of_one_build_use_the_caches_at_once()
    {
        using var machine = new Machine(Remote, RemoteMode.ReadWrite);
        var folder = machine.NewResult();
        File.WriteAllText(Path.Combine(folder, "file"), "good");

        Parallel.For(0, 40, number =>
        {
            var inputs = Machine.InputsOf($"{number % 10}");
            var copy = temp[$"copy{number}"];
            L4ReMusl.Foundation.Files.FileTree.Copy(folder, copy);
            machine.Cache.Store(Machine.Stage, inputs, copy, []);
            machine.Cache.TryRestore(Machine.Stage, inputs, copy + ".restored").Should().NotBeNull();
        });
        machine.Cache.Finish();

        machine.Log.Warnings.Should().BeEmpty();
        Directory.EnumerateFiles(Remote).Should().HaveCount(10);
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void Something_else_than_a_key_is_an_error_that_tells_how_to_make_one(string text) =>
        FluentActions.Invoking(() => SigningKey.Parse(text, "'cache.key'"))
            .Should().Throw<BuildException>().WithMessage("*'cache.key'*openssl genpkey*")
            .Which.Message.Should().NotContain("AAAA");

    [Fact]
    public void A_key_may_be_of_openssl_and_its_line_breaks_may_be_spaces()
    {
        string Run(string command) => Tools.OfHost.Run(new("sh", "-c", command) { WorkingDirectory = temp.Path })
            .OrThrow("run openssl").Output;
        var secret = Run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k; cat k");
        var known = Run("openssl pkey -in k -pubout");

        SigningKey.Parse(secret, "").CanSign.Should().BeTrue();
        SigningKey.Parse(known, "").CanSign.Should().BeFalse();
        SigningKey.Parse(known, "").Verify([1], SigningKey.Parse(secret.ReplaceLineEndings(" "), "").Sign([1])).Should().BeTrue();
    }

    [Theory]
    [InlineData("cache", null, "*/cache")]
    [InlineData("file:///srv/cache", null, "/srv/cache")]
    [InlineData("https://me:se%40cret@host:8443/a%20b/", "https://host:8443/a%20b/x.v1", "https://host:8443/a%20b")]
    [InlineData("http://host", "http://host/x.v1", "http://host")]
    [InlineData("https://host/c?sig=secret", "https://host/c/x.v1?sig=secret", "https://host/c")]
    public void A_location_is_a_folder_or_a_URL_and_is_shown_without_credentials(string text, string? url, string shown)
    {
        var location = RemoteLocation.Parse(text)!;

        $"{location}".Should().Match(shown);
        (location.Url is null ? null : location.ObjectUrl("x.v1").AbsoluteUri).Should().Be(url);
    }

    [Theory]
    [InlineData("s3://me:secret@bucket/x", "s3://bucket/x")]
    [InlineData("htp://me:se/cr@et@host?sig=secret", null)]
    [InlineData("https://", "https://")]
    [InlineData("https://me@host:port/", "https://host:port/")]
    [InlineData("ftp://host/a@b", "ftp://host/a@b")]
    public void Another_URL_is_none_and_messages_do_not_tell_its_secrets(string text, string? shown)
    {
        RemoteLocation.Parse(text).Should().BeNull();
        if (shown is not null)
            RemoteLocation.WithoutCredentials(text).Should().Be(shown);
        RemoteLocation.WithoutCredentials(text).Should().NotContain("secret");
    }

    string Remote => temp["remote"];

    string RemoteFile => temp["remote", Machine.ObjectName];

    static (SigningKey Secret, SigningKey Known) NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (SigningKey.Parse(key.ExportPkcs8PrivateKeyPem(), ""), SigningKey.Parse(key.ExportSubjectPublicKeyInfoPem(), ""));
    }
}
