using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Sources;

public sealed class ResumeAndRetryTests : IDisposable
{
    readonly FetcherFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_server_that_fails_for_a_moment_is_asked_again()
    {
        var count = 0;
        using var server = new LoopbackServer(context =>
        {
            if (Interlocked.Increment(ref count) < 3)
                context.Response.StatusCode = 503;
            else
                LoopbackServer.Send(context, fixture.Content);
        });
        fixture.Fetch(server.Url).Origin.Should().StartWith(server.Url);
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Fact]
    public void A_server_that_keeps_failing_is_given_up()
    {
        using var server = new LoopbackServer(context => context.Response.StatusCode = 500);
        FetchShouldFail([server.Url], "*HTTP 500*");
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public void A_missing_file_is_not_asked_for_twice()
    {
        using var server = LoopbackServer.Of(new Dictionary<string, byte[]>());
        FetchShouldFail([server.Url], "*HTTP 404*");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public void A_broken_download_goes_on_where_it_broke()
    {
        var count = 0;
        using var server = new LoopbackServer(context =>
        {
            if (Interlocked.Increment(ref count) == 1)
                LoopbackServer.SendTruncated(context, fixture.Content, 100_000);
            else
                LoopbackServer.SendRange(context, fixture.Content);
        });
        fixture.Fetch(server.Url);
        server.Requests.Should().HaveCount(2);
        server.Requests.Last().Range.Should().NotBeNull();
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Fact]
    public void A_broken_download_is_continued_by_the_next_build()
    {
        using (var broken = new LoopbackServer(context => LoopbackServer.SendTruncated(context, fixture.Content, 100_000)))
            FetchShouldFail([broken.Url], "*the connection broke after*of 300000 bytes*");
        File.Exists(fixture.PartialFile).Should().BeTrue();
        var length = new FileInfo(fixture.PartialFile).Length;

        using var server = fixture.Serve();
        fixture.Fetch(server.Url);
        server.Requests.Should().ContainSingle().Which.Range.Should().Be($"bytes={length}-");
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Fact]
    public void A_server_that_ignores_ranges_sends_the_whole_file()
    {
        fixture.Cached(fixture.Content[..1000], fixture.PartialFile);
        using var server = new LoopbackServer(context => LoopbackServer.Send(context, fixture.Content));
        fixture.Fetch(server.Url);
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Fact]
    public void A_partial_file_with_other_bytes_is_started_over_once()
    {
        fixture.Cached(new byte[1000], fixture.PartialFile);
        using var server = fixture.Serve();
        fixture.Fetch(server.Url);
        server.Requests.Select(request => request.Range).Should().Equal("bytes=1000-", null);
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(400_000)]
    public void A_partial_file_that_cannot_be_continued_is_started_over(int size)
    {
        fixture.Cached(new byte[size], fixture.PartialFile);
        using var server = fixture.Serve();
        fixture.Fetch(server.Url);
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Fact]
    public void A_server_that_refuses_the_range_is_asked_for_the_whole_file()
    {
        fixture.Cached(fixture.Content[..1000], fixture.PartialFile);
        using var server = new LoopbackServer(context =>
        {
            if (context.Request.Headers["Range"] is not null)
                context.Response.StatusCode = 416;
            else
                LoopbackServer.Send(context, fixture.Content);
        });
        fixture.Fetch(server.Url);
        fixture.ShouldHaveOnlyTheArchive();
    }

    [Fact]
    public void A_server_that_falls_silent_is_given_up()
    {
        using var release = new ManualResetEventSlim();
        using var server = new LoopbackServer(context =>
        {
            context.Response.ContentLength64 = fixture.Content.Length;
            context.Response.OutputStream.Write(fixture.Content.AsSpan(0, 1000));
            context.Response.OutputStream.Flush();
            release.Wait(TimeSpan.FromSeconds(30));
        });
        FetchShouldFail([server.Url], "*sent nothing for 1 s*");
        release.Set();
    }

    void FetchShouldFail(string[] mirrors, string message)
    {
        var fetch = () => fixture.Fetch(mirrors);
        fetch.Should().Throw<BuildException>().WithMessage(message);
    }
}
