using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using L4ReMusl.Caching;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Caching;

/// <summary>Machines that share a web server, which may be down, slow or wrong.</summary>
public sealed class WebCacheTests : IDisposable
{
    readonly WebStore server = new();
    readonly CancellationTokenSource end = new();

    public void Dispose()
    {
        end.Cancel();
        server.Dispose();
        end.Dispose();
    }

    [Fact]
    public void What_one_machine_puts_there_another_gets()
    {
        using (var author = new Machine(server.Url, RemoteMode.ReadWrite))
        {
            author.Obtain().Should().Be(StageOutcome.Made);
            author.Log.Warnings.Should().BeEmpty();
        }

        server.Methods.Should().Equal("GET", "PUT");
        using var reader = new Machine(server.Url.TrimEnd('/'));
        reader.Obtain().Should().Be(StageOutcome.FromRemoteCache);
        reader.Content.Should().Be("good");
    }

    [Fact]
    public void What_is_not_there_is_no_problem_and_a_read_only_machine_puts_nothing()
    {
        using (var reader = new Machine(server.Url))
        {
            reader.Obtain().Should().Be(StageOutcome.Made);
            reader.Obtain("other").Should().Be(StageOutcome.Made);
            reader.Log.Warnings.Should().BeEmpty();
        }

        server.Methods.Should().Equal("GET", "GET");
    }

    [Fact]
    public void What_the_machine_had_before_is_put_there_only_if_it_is_missing()
    {
        using var author = new Machine(server.Url, RemoteMode.ReadWrite);
        author.Obtain();
        author.Cache.Finish();
        server.Requests.Clear();
        author.Obtain();
        author.Cache.Finish();
        server.Methods.Should().Equal("HEAD");

        server.Objects.Clear();
        author.Obtain();
        author.Cache.Finish();
        server.Methods.Should().Equal("HEAD", "HEAD", "PUT");
    }

    [Fact]
    public void A_server_that_is_down_is_one_warning()
    {
        using var reader = new Machine(LoopbackServer.ClosedUrl, RemoteMode.ReadWrite);

        Twice(reader, TimeSpan.FromSeconds(10), "refused");
    }

    [Fact]
    public void A_server_that_takes_no_connection_is_one_warning_in_time()
    {
        using var full = new TcpListener(IPAddress.Loopback, 0);
        full.Start(backlog: 0);
        var port = ((IPEndPoint)full.LocalEndpoint).Port;
        var clients = Enumerable.Range(0, 4).Select(_ => new TcpClient()).ToList();
        clients.ForEach(client => _ = client.ConnectAsync(IPAddress.Loopback, port));
        Thread.Sleep(100); // The queue is full now, and further connections are not answered.
        using var reader = new Machine($"http://127.0.0.1:{port}/", patience: Machine.Impatience);

        Twice(reader, TimeSpan.FromSeconds(10), "no connection within 0.5 s");

        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public void A_server_that_never_answers_is_one_warning_in_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var reader = new Machine(
            $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/", patience: Machine.Impatience);

        Twice(reader, TimeSpan.FromSeconds(10), "does not answer");
    }

    [Fact]
    public void A_server_that_sends_byte_by_byte_is_one_warning_in_time()
    {
        server.Misbehave = context =>
        {
            context.Response.ContentLength64 = 100_000;
            while (!end.Token.WaitHandle.WaitOne(20))
            {
                context.Response.OutputStream.WriteByte((byte)'l');
                context.Response.OutputStream.Flush();
            }

            return true;
        };
        using var reader = new Machine(server.Url, patience: Machine.Impatience);

        Twice(reader, TimeSpan.FromSeconds(10), "slower than");
    }

    [Fact]
    public void A_server_that_reads_byte_by_byte_does_not_keep_the_build_from_ending()
    {
        server.Misbehave = context =>
        {
            if (context.Request.HttpMethod != "PUT")
                return false;
            while (!end.Token.WaitHandle.WaitOne(20))
                context.Request.InputStream.ReadByte();
            return true;
        };
        var random = new byte[8_000_000]; // More than the buffers of both ends hold.
        new Random(1).NextBytes(random);
        using var author = new Machine(server.Url, RemoteMode.ReadWrite, patience: Machine.Impatience);
        author.Make(Convert.ToBase64String(random));
        var clock = Stopwatch.StartNew();
        author.Make(source: "other");
        author.Cache.Finish();

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
        author.Log.Warnings.Should().ContainSingle().Which.Should().Contain("slower than");
        server.Methods.Should().ContainSingle("the server is not asked again");
    }

    [Fact]
    public void A_server_that_is_just_fast_enough_is_not_waited_for_all_day()
    {
        server.Misbehave = context =>
        {
            context.Response.ContentLength64 = 1L << 29;
            while (!end.Token.WaitHandle.WaitOne(50))
                context.Response.OutputStream.Write(new byte[20_000]);
            return true;
        };
        using var reader = new Machine(
            server.Url, patience: RemotePatience.Default with { Transfer = TimeSpan.FromSeconds(1) });

        Twice(reader, TimeSpan.FromSeconds(10), "longer than 1 s");
    }

    [Fact]
    public void A_run_does_not_wait_for_many_slow_objects_either()
    {
        server.Misbehave = context => end.Token.WaitHandle.WaitOne(300);
        using var reader = new Machine(
            server.Url, patience: RemotePatience.Default with { Run = TimeSpan.FromSeconds(0.5) });

        foreach (var number in Enumerable.Range(0, 20))
            reader.Obtain($"{number}").Should().Be(StageOutcome.Made);

        server.Methods.Should().HaveCount(2);
        reader.Log.Warnings.Should().ContainSingle().Which.Should().Contain("has waited");
    }

    [Fact]
    public void A_broken_connection_and_a_truncated_answer_are_one_warning()
    {
        server.Misbehave = context =>
        {
            LoopbackServer.SendTruncated(context, new byte[100_000], 50_000);
            return true;
        };
        using var reader = new Machine(server.Url);

        Twice(reader, TimeSpan.FromSeconds(10), "");
    }

    [Fact]
    public void An_endless_answer_is_cut_off()
    {
        server.Misbehave = context =>
        {
            context.Response.SendChunked = true;
            while (!end.IsCancellationRequested)
                context.Response.OutputStream.Write(new byte[1 << 20]);
            return true;
        };
        using var reader = new Machine(server.Url, patience: RemotePatience.Default);

        Twice(reader, TimeSpan.FromSeconds(60), "more than any result|longer than");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(503)]
    public void A_server_that_refuses_to_give_is_one_warning(int status)
    {
        server.Misbehave = context => WebStore.Refuse(context, "GET", status);
        using var reader = new Machine(server.Url);

        Twice(reader, TimeSpan.FromSeconds(10), $"HTTP {status}");
        server.Methods.Should().ContainSingle("the server is not asked again");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(413)]
    [InlineData(507)]
    public void A_server_that_refuses_to_take_is_one_warning_and_is_still_read(int status)
    {
        using (var author = new Machine(server.Url, RemoteMode.ReadWrite))
            author.Make(source: "there");
        server.Misbehave = context => WebStore.Refuse(context, "PUT", status);
        using var other = new Machine(server.Url, RemoteMode.ReadWrite);

        other.Obtain().Should().Be(StageOutcome.Made);
        other.Cache.Finish();
        other.Obtain("second").Should().Be(StageOutcome.Made);
        other.Obtain("there").Should().Be(StageOutcome.FromRemoteCache);
        other.Cache.Finish();

        other.Log.Warnings.Should().ContainSingle().Which.Should().Contain($"HTTP {status}").And.Contain("not written");
        server.Methods.Count(method => method == "PUT").Should().Be(2, "one was taken, one was refused");
    }

    [Theory]
    [InlineData("<html>Please log in</html>")]
    [InlineData("l4re-musl-result 1 -\n\u001f\u008b\u0008")]
    public void A_server_that_lies_is_one_warning_and_gets_the_right_result_from_a_machine_that_may(string lie)
    {
        server.Objects[Machine.ObjectName] = Encoding.Latin1.GetBytes(lie);
        using (var author = new Machine(server.Url, RemoteMode.ReadWrite))
        {
            author.Obtain().Should().Be(StageOutcome.Made);
            author.Content.Should().Be("good");
            author.Log.Warnings.Should().ContainSingle().Which.Should().Contain("is wrong");
        }

        using var reader = new Machine(server.Url);
        reader.Obtain().Should().Be(StageOutcome.FromRemoteCache);
    }

    [Fact]
    public void Credentials_are_sent_and_never_shown()
    {
        var url = server.Url.Replace("://", "://me:pass%20word@", StringComparison.Ordinal);
        using (var basic = new Machine(url, RemoteMode.ReadWrite))
            basic.Obtain();
        using (var bearer = new Machine(server.Url, RemoteMode.ReadWrite, token: "secret-token"))
            bearer.Obtain("other");

        server.Requests.Select(request => request.Authorization).Distinct().Should().Equal(
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:pass word")), "Bearer secret-token");

        server.Misbehave = context => WebStore.Refuse(context, "GET", 401);
        using var refused = new Machine(url, token: "secret-token");
        refused.Obtain();
        refused.Cache.Finish();
        refused.Log.Events.Select(e => e.RenderMessage()).Should().NotContain(
            text => text.Contains("pass", StringComparison.Ordinal) || text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Whether_it_can_be_used_can_be_asked()
    {
        using var reader = new Machine(server.Url);
        reader.Cache.Remote!.Problem().Should().BeNull();

        server.Misbehave = context => WebStore.Refuse(context, "HEAD", 401);
        reader.Cache.Remote.Problem().Should().Contain("401");
        reader.Log.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void The_end_of_a_run_tells_where_its_results_came_from()
    {
        using (var author = new Machine(server.Url, RemoteMode.ReadWrite))
            author.Make();
        using var machine = new Machine(server.Url, RemoteMode.ReadWrite);
        machine.Obtain();
        machine.Obtain();
        machine.Obtain("other");

        machine.Cache.Finish();

        machine.Log.Events.Select(e => e.RenderMessage()).Should().Contain(
            "Results: 1 made, 1 from the cache, 1 from the remote cache, 1 stored there");
    }

    // The machine builds two results itself, in time, and says why once.
    static void Twice(Machine machine, TimeSpan limit, string reason)
    {
        var clock = Stopwatch.StartNew();
        machine.Obtain().Should().Be(StageOutcome.Made);
        machine.Obtain("other").Should().Be(StageOutcome.Made);
        machine.Cache.Finish();

        clock.Elapsed.Should().BeLessThan(limit);
        machine.Content.Should().Be("good");
        machine.Log.Warnings.Should().ContainSingle()
            .Which.Should().MatchRegex($"The remote cache \"http://.*\" is not used any more in this run: .*({reason})");
    }
}
