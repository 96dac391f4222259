using System.Collections.Concurrent;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Sources;

public sealed class ArchiveFetcherTests : IDisposable
{
    readonly FetcherFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void An_archive_in_the_cache_is_used_without_asking_anyone()
    {
        using var server = fixture.Serve();
        fixture.Cached(fixture.Content);
        fixture.Fetch(server.Url).Origin.Should().Be("cache");
        server.Requests.Should().BeEmpty();
    }

    [Fact]
    public void A_damaged_archive_in_the_cache_is_named_and_fetched_again()
    {
        using var server = fixture.Serve();
        fixture.Cached(fixture.OtherContent());
        fixture.Fetch(server.Url).Origin.Should().StartWith(server.Url);
        fixture.ShouldHaveOnlyTheArchive();
        fixture.Log.Warnings.Should().ContainSingle().Which.Should().Contain("demo-1.0.tar.gz")
            .And.Contain(fixture.Archive.Sha256);
    }

    [Fact]
    public void Mirrors_come_before_upstream_and_upstream_is_asked_when_they_fail()
    {
        using var mirror = LoopbackServer.Of(new Dictionary<string, byte[]>());
        using var upstream = fixture.Serve();
        fixture.Archive = fixture.Archive with { Urls = [upstream.Url + "demo-1.0.tar.gz"] };
        fixture.Fetch(mirror.Url).Origin.Should().Be(upstream.Url + "demo-1.0.tar.gz");
        mirror.Requests.Should().ContainSingle().Which.Path.Should().Be("/demo-1.0.tar.gz");
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_mirror_can_be_a_folder(bool asFileAddress)
    {
        var folder = Path.GetDirectoryName(fixture.Folder.Write("a mirror/x", ""))!;
        File.WriteAllBytes(Path.Combine(folder, "demo-1.0.tar.gz"), fixture.Content);
        fixture.Fetch(asFileAddress ? new Uri(folder).AbsoluteUri : folder)
            .Origin.Should().Be(Path.Combine(folder, "demo-1.0.tar.gz"));
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("")]
    public void A_mirror_that_is_neither_an_address_nor_a_folder_is_an_error(string mirror)
    {
        var fetch = () => fixture.Fetch(mirror);
        fetch.Should().Throw<BuildException>().WithMessage($"'{mirror}' cannot be a mirror*http, https or file*");
    }

    [Fact]
    public void Other_bytes_are_deleted_named_and_the_next_place_is_asked()
    {
        using var bad = fixture.Serve(fixture.OtherContent());
        using var good = fixture.Serve();
        fixture.Fetch(bad.Url, good.Url).Origin.Should().StartWith(good.Url);
        fixture.ShouldHaveOnlyTheArchive();
        fixture.Log.Warnings.Should().ContainSingle().Which.Should().Contain(bad.Url).And.Contain("expected")
            .And.Contain(fixture.Archive.Sha256);
    }

    [Theory]
    [InlineData(299_999)]
    [InlineData(0)]
    public void A_file_that_is_too_short_is_refused(int size)
    {
        using var server = fixture.Serve(fixture.Content[..size]);
        FetchShouldFail([server.Url], $"*{server.Url}demo-1.0.tar.gz: has a different file*{size} bytes*expected 300000 bytes*");
        fixture.ShouldHaveNothing();
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused()
    {
        using var server = fixture.Serve([.. fixture.Content, 1]);
        FetchShouldFail([server.Url], "*sent more than the expected 300000 bytes*");
        fixture.ShouldHaveNothing();
    }

    [Fact]
    public void If_all_places_fail_one_error_lists_each_with_its_reason_and_the_remedies()
    {
        using var without = LoopbackServer.Of(new Dictionary<string, byte[]>());
        using var wrong = fixture.Serve(fixture.OtherContent());
        var closed = LoopbackServer.ClosedUrl;
        FetchShouldFail(
            [without.Url, wrong.Url, closed, "http://no-such-host.invalid/", fixture.Folder["none"]],
            $"demo-1.0.tar.gz could not be fetched*{without.Url}*HTTP 404*{wrong.Url}*has a different file*{closed}*refused*"
            + $"no-such-host.invalid*{fixture.Folder["none"]}*no such file*"
            + $"{fixture.CachedFile}*{fixture.Archive.Sha256}*--mirrors*");
        fixture.ShouldHaveNothing();
    }

    [Fact]
    public void A_mirrors_password_is_sent_but_never_shown()
    {
        var sent = new ConcurrentQueue<string?>();
        using var server = new LoopbackServer(context =>
        {
            sent.Enqueue(context.Request.Headers["Authorization"]);
            context.Response.StatusCode = 403;
        });
        var fetch = () => fixture.Fetch(server.Url.Replace("http://", "http://user:secret@", StringComparison.Ordinal));
        fetch.Should().Throw<BuildException>().WithMessage("*HTTP 403*").Which.Message.Should().NotContain("secret");
        sent.Should().Equal("Basic dXNlcjpzZWNyZXQ=");
    }

    [Fact]
    public void Offline_only_folders_are_searched_and_the_error_says_where_to_put_the_file()
    {
        using var server = fixture.Serve();
        var fetch = () => fixture.FetchOffline(server.Url, fixture.Folder["none"]);
        fetch.Should().Throw<BuildException>().WithMessage(
            $"demo-1.0.tar.gz is not in the cache, and the build is offline*{fixture.CachedFile}*{fixture.Archive.Sha256}*");
        server.Requests.Should().BeEmpty();

        File.Copy(fixture.Folder["content"], fixture.Folder["demo-1.0.tar.gz"]);
        fixture.FetchOffline(server.Url, fixture.Folder.Path).Origin.Should().Be(fixture.Folder["demo-1.0.tar.gz"]);
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Fact]
    public void A_Debian_like_host_is_asked_for_its_own_mirrors_when_nothing_else_has_the_archive()
    {
        using var pool = LoopbackServer.Of(new Dictionary<string, byte[]>
        {
            ["/debian/pool/main/d/demo/demo_1.0.orig.tar.gz"] = fixture.Content,
        });
        var script = fixture.Folder.Write("bin/apt-get", $"""
            #!/bin/sh
            echo 'Debian|Debian|cdrom:/'
            echo 'Debian|Debian|{pool.Url}debian/'
            echo 'Debian|Debian|{pool.Url}debian/'

            """);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        fixture.HostTools = Tools.In(fixture.Folder["bin"]);
        fixture.Archive = fixture.Archive with { DebianPool = "pool/main/d/demo/demo_1.0.orig.tar.gz" };
        fixture.Fetch().Origin.Should().Be(pool.Url + "debian/pool/main/d/demo/demo_1.0.orig.tar.gz");
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Fact]
    public void The_mirror_of_Debian_that_the_user_names_takes_the_place_of_the_hosts_for_archives_too()
    {
        using var pool = LoopbackServer.Of(new Dictionary<string, byte[]>
        {
            ["/own/pool/main/d/demo/demo_1.0.orig.tar.gz"] = fixture.Content,
        });
        (fixture.OwnMirror, fixture.HostTools) = ($"{pool.Url}own", Tools.In(fixture.Folder["bin"]));
        fixture.Archive = fixture.Archive with { DebianPool = "pool/main/d/demo/demo_1.0.orig.tar.gz" };
        fixture.Fetch().Origin.Should().Be(pool.Url + "own/pool/main/d/demo/demo_1.0.orig.tar.gz");
    }

    [Fact]
    public void Repositories_that_are_not_Debians_are_not_asked_for_archives()
    {
        using var others = LoopbackServer.Of(new Dictionary<string, byte[]>
        {
            ["/private/pool/main/d/demo/demo_1.0.orig.tar.gz"] = fixture.Content,
        });
        var script = fixture.Folder.Write("bin/apt-get", $"#!/bin/sh\necho 'Corporation|Tools|{others.Url}private/'\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        fixture.HostTools = Tools.In(fixture.Folder["bin"]);
        fixture.Archive = fixture.Archive with { DebianPool = "pool/main/d/demo/demo_1.0.orig.tar.gz" };
        fixture.Invoking(f => f.Fetch()).Should().Throw<BuildException>().WithMessage("*could not be fetched from any place*");
        others.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Two_builds_that_fetch_the_same_archive_at_once_do_not_disturb_each_other()
    {
        using var bothAreThere = new CountdownEvent(2);
        using var first = Rendezvous(bothAreThere);
        using var second = Rendezvous(bothAreThere);
        await Task.WhenAll(Task.Run(() => fixture.Fetch(first.Url)), Task.Run(() => fixture.Fetch(second.Url)));
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Fact]
    public void Progress_is_reported_in_bytes_up_to_the_whole_size()
    {
        using var server = fixture.Serve();
        var progress = new Recorder();
        fixture.Fetcher(false, server.Url).Fetch(fixture.Archive, progress);
        progress.Steps.Select(step => step.Done).Should().BeInAscendingOrder().And.EndWith(300_000);
        progress.Steps.Should().OnlyContain(step => step.Total == 300_000);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_an_error_that_names_it()
    {
        fixture.Folder.Write("cache", "a file where the folder should be");
        FetchShouldFail([fixture.Folder.Path], $"demo-1.0.tar.gz could not be stored in {fixture.Cache}*");
    }

    // Answers with the archive once both downloads are on their way.
    LoopbackServer Rendezvous(CountdownEvent bothAreThere) => new(context =>
    {
        bothAreThere.Signal();
        bothAreThere.Wait(TimeSpan.FromSeconds(30));
        LoopbackServer.Send(context, fixture.Content);
    });

    void FetchShouldFail(string[] mirrors, string message)
    {
        var fetch = () => fixture.Fetch(mirrors);
        fetch.Should().Throw<BuildException>().WithMessage(message);
    }

    sealed class Recorder : IProgress<WorkProgress>
    {
        public List<WorkProgress> Steps { get; } = [];

        public void Report(WorkProgress value) => Steps.Add(value);
    }
}
