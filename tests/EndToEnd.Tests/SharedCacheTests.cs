using System.Diagnostics;
using System.Security.Cryptography;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;
using Xunit.Abstractions;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Clones on machines that share a cache on a real server, nginx with WebDAV.</summary>
public sealed class SharedCacheTests : IDisposable
{
    readonly NginxServer? server;
    readonly List<IDisposable> rest = [];

    public SharedCacheTests(ITestOutputHelper output)
    {
        server = NginxServer.Start(out var reason);
        if (server is null)
            output.WriteLine($"not run: {reason}");
    }

    public void Dispose()
    {
        server?.Dispose();
        rest.ForEach(one => one.Dispose());
    }

    [Fact]
    public void A_fresh_clone_takes_all_results_from_there_with_the_same_bytes_and_stores_none()
    {
        if (server is null)
            return;
        Fill(server.Url);
        server.Requests.Should().Contain(request => request.StartsWith("PUT ", StringComparison.Ordinal));
        var before = server.Requests.Length;
        var (clone, cache) = NewMachine();

        var text = Build(clone, cache, "--remote-cache", server.Url);

        foreach (var stage in RepositoryCopy.Stages)
            text.Should().Contain($"{stage}: from the remote cache, ");
        text.Should().NotContain(": made, ").And.NotContain("[WRN]").And.Contain("Results: 0 made, 0 from the cache, ");
        server.Requests[before..].Should().OnlyContain(request => request.StartsWith("GET ", StringComparison.Ordinal));
        clone.Describe().Should().Equal(RepositoryCopy.DescribeRepository());
        Times(clone.Layout.Output).Should().Equal(Times(Artefacts.Layout.Output));
        Build(clone, cache).Should().NotContain(": made, ").And.NotContain(": from the cache, ");
    }

    [Fact]
    public void Poisoned_caches_are_found_and_the_results_are_the_same_bytes()
    {
        if (server is null)
            return;
        Fill(server.Url);
        var (clone, cache) = NewMachine();
        Build(clone, cache, "--remote-cache", server.Url);
        FileTree.Delete(clone.Layout.Output);
        var objects = Directory.GetFiles(server.Folder).Where(IsQuickToMake).ToList();
        foreach (var (index, path) in objects.Index())
        {
            var bytes = File.ReadAllBytes(path);
            File.WriteAllBytes(path, (index % 3) switch
            {
                0 => [.. "<html>gone</html>"u8],
                1 => bytes[..(bytes.Length / 2)],
                _ => [.. bytes[..^100], .. new byte[100]],
            });
        }

        foreach (var path in Directory.GetFiles(Path.Combine(cache, "compiled")).Where(IsQuickToMake))
            File.WriteAllText(path, "poison");

        var text = Build(clone, cache, "--remote-cache", server.Url, "--remote-cache-mode", "read-write");

        Warnings(text).Should().ContainSingle().Which.Should().Contain("is not read any more in this run");
        clone.Describe().Should().Equal(RepositoryCopy.DescribeRepository());
        var (next, empty) = NewMachine();
        Build(next, empty, "--remote-cache", server.Url).Should().NotContain(": made, ", "the server got the right results");
        next.Describe().Should().Equal(RepositoryCopy.DescribeRepository());
    }

    [Fact]
    public void A_server_that_is_down_costs_one_warning_and_no_time()
    {
        if (server is null)
            return;
        server.Stop();
        var clone = new RepositoryCopy();
        rest.Add(clone);

        var clock = Stopwatch.StartNew();
        var text = Build(clone, BuildProgram.CacheFolder);
        var usual = clock.Elapsed;
        FileTree.Delete(clone.Layout.Output);
        clock.Restart();
        text = Build(clone, NewCacheOfCompilers(), "--remote-cache", server.Url, "--remote-cache-mode", "read-write");

        Warnings(text).Should().ContainSingle().Which.Should().Contain(server.Url.TrimEnd('/')).And.Contain("refused");
        clock.Elapsed.Should().BeLessThan((5 * usual) + TimeSpan.FromMinutes(1));
        clone.Describe().Should().Equal(RepositoryCopy.DescribeRepository());
    }

    [Fact]
    public void Only_who_knows_the_password_stores_and_nobody_sees_it()
    {
        if (server is null)
            return;
        var (clone, _) = NewMachine();

        var text = Build(
            clone, BuildProgram.CacheFolder, "--remote-cache", server.GuardedUrl, "--remote-cache-mode", "read-write");
        Warnings(text).Should().ContainSingle().Which.Should().Contain("HTTP 401").And.Contain("is not written any more");

        FileTree.Delete(clone.Layout.Output);
        text = Build(
            clone, BuildProgram.CacheFolder,
            "--remote-cache", server.GuardedUrlWithPassword, "--remote-cache-mode", "read-write", "--verbosity", "Verbose");
        text.Should().NotContain("[WRN]").And.NotContain("pass%20word").And.NotContain("pass word");
        text.Should().MatchRegex("[1-9][0-9]* stored there");
    }

    [Fact]
    public void With_a_key_only_signed_results_are_taken()
    {
        if (server is null)
            return;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Fill(server.Url);
        var (clone, cache) = NewMachine(NewCacheOfCompilers());
        var known = clone["cache.pub"];
        File.WriteAllText(known, key.ExportSubjectPublicKeyInfoPem());

        Warnings(Build(clone, cache, "--remote-cache", server.Url, "--remote-cache-key", known))
            .Should().ContainSingle().Which.Should().Contain("is not signed");
        clone.Describe().Should().Equal(RepositoryCopy.DescribeRepository());

        FileTree.Delete(server.Folder);
        Fill(server.Url, key.ExportPkcs8PrivateKeyPem());
        var (next, empty) = NewMachine();
        Build(next, empty, "--remote-cache", server.Url, "--remote-cache-key", known)
            .Should().NotContain(": made, ").And.NotContain("[WRN]");

        var refused = next.Program.Run(
            "LsbRoot", "--remote-cache", server.Url, "--remote-cache-key", known, "--remote-cache-mode", "read-write");
        refused.ExitCode.Should().NotBe(0);
        BuildProgram.Text(refused).Should().Contain("needs the private key").And.NotContain("   at ");
    }

    [Fact]
    public async Task Two_clones_that_build_at_once_share_both_caches()
    {
        if (server is null)
            return;
        var (one, cache) = NewMachine(NewCacheOfCompilers());
        var (other, _) = NewMachine(cache);

        var texts = await Task.WhenAll(new[] { one, other }.Select(clone => Task.Run(() =>
            Build(clone, cache, "--remote-cache", server.Url, "--remote-cache-mode", "read-write"))));

        foreach (var text in texts)
            text.Should().NotContain("[WRN]");
        one.Describe().Should().Equal(RepositoryCopy.DescribeRepository());
        other.Describe().Should().Equal(RepositoryCopy.DescribeRepository());
        var (next, empty) = NewMachine();
        Build(next, empty, "--remote-cache", server.Url).Should().NotContain(": made, ");
    }

    [Fact]
    public void Whether_it_can_be_reached_can_be_asked()
    {
        if (server is null)
            return;
        var (clone, cache) = NewMachine();

        Run(clone, cache, "CacheInfo", "--remote-cache", server.GuardedUrlWithPassword).Should()
            .Contain($"{server.GuardedUrl} (read-only, without signatures) can be reached").And.NotContain("pass");
        server.Stop();
        Run(clone, cache, "CacheInfo", "--remote-cache", server.Url).Should().MatchRegex("cannot be used: .*refused");
    }

    // What compilers made takes minutes; all else is made in seconds.
    static bool IsQuickToMake(string path) => !RepositoryCopy.IsMadeByCompilers(Path.GetFileName(path));

    // Another clone, whose results are in its cache, stores them all.
    void Fill(string url, string? key = null)
    {
        var (clone, _) = NewMachine();
        var program = new BuildProgram(clone.Root)
        {
            Environment = new Dictionary<string, string> { ["L4RE_MUSL_REMOTE_CACHE_KEY"] = key ?? "" },
        };
        Succeed(program.Run(
            ["LsbRoot", "--remote-cache", url, "--remote-cache-mode", "read-write",
                "--architectures", .. RepositoryCopy.Architectures]));
    }

    // A clone, and a cache folder with nothing but archives.
    (RepositoryCopy Clone, string Cache) NewMachine(string? cache = null)
    {
        var clone = new RepositoryCopy();
        rest.Add(clone);
        if (cache is not null)
            return (clone, cache);
        var temp = new TempFolder("a cache ");
        rest.Add(temp);
        RepositoryCopy.PrepareCache(temp.Path, withCompiled: false);
        return (clone, temp.Path);
    }

    string NewCacheOfCompilers()
    {
        var temp = new TempFolder("a cache ");
        rest.Add(temp);
        RepositoryCopy.PrepareCache(temp.Path);
        return temp.Path;
    }

    static string Build(RepositoryCopy clone, string cache, params string[] arguments) =>
        Run(clone, cache, ["LsbRoot", "--architectures", .. RepositoryCopy.Architectures, .. arguments]);

    static string Run(RepositoryCopy clone, string cache, params string[] arguments) =>
        Succeed(clone.Program.Run([.. arguments, "--cache-folder", cache]));

    static string Succeed(ToolResult result)
    {
        var text = BuildProgram.Text(result);
        result.ExitCode.Should().Be(0, text);
        return text;
    }

    // The summary repeats warnings under the name of their target.
    static IEnumerable<string> Warnings(string text) =>
        text.Split('\n').Where(line => line.Contains("[WRN]", StringComparison.Ordinal) && char.IsDigit(line[0]));

    static IEnumerable<string> Times(string output) => RepositoryCopy.Architectures.SelectMany(architecture =>
        FileTree.List(Path.Combine(output, "lsb_root", architecture))
            .Select(entry => $"{architecture} {entry.Path} {entry.LastWriteTimeUtc:O}"));
}
