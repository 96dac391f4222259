using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;
using Xunit.Abstractions;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Real launchers, with real servers on this machine, as in docs/scaling.md: whoever compiles, the bytes are the same.
/// </summary>
[Trait("Speed", "long")]
public sealed partial class CompilerLauncherTests(LauncherBuilds builds, ITestOutputHelper output)
    : IClassFixture<LauncherBuilds>, IDisposable
{
    static readonly IReadOnlyDictionary<string, string> Nowhere = new Dictionary<string, string>
    {
        ["DISTCC_HOSTS"] = $"127.0.0.1:{BackgroundProgram.FreePort()}",
    };

    readonly TempFolder temp = new("l4re-musl-launcher-");

    [Fact]
    public void With_distcc_every_object_of_musl_comes_from_one_of_two_servers()
    {
        BuildProgram.Text(builds.First).Should().MatchRegex("Compiling musl for [a-z0-9]+: [0-9]{4} objects");
        builds.FirstBytes.Should().Be(LauncherBuilds.ExpectedBytes);
        if (builds.Distcc is null)
        {
            NotRun(builds.Reason);
            return;
        }

        var counts = builds.FirstJobs.Select(server => server.Length).ToList();
        var jobs = builds.FirstJobs.SelectMany(server => server).ToList();
        output.WriteLine($"{string.Join(" + ", counts)} of {builds.FirstObjects} objects");
        jobs.Should().OnlyContain(job => job.Contains(" COMPILE_OK ", StringComparison.Ordinal));
        jobs.Should().HaveCount(builds.FirstObjects, "configure's tests and the linker do not go there");
        counts.Should().HaveCount(2).And.OnlyContain(count => count > builds.FirstObjects / 10);
    }

    [Fact]
    public void Without_a_server_distcc_compiles_here_and_the_log_says_so()
    {
        if (builds.Distcc is not { } distcc)
        {
            NotRun(builds.Reason);
            return;
        }

        Succeed(builds.Rebuild("distcc", distcc.Folder, new Dictionary<string, string>(Nowhere) { ["DISTCC_DIR"] = temp.Path }));

        builds.Log.Should().Contain("Connection refused").And.Contain("running locally instead");
        builds.Bytes.Should().Be(LauncherBuilds.ExpectedBytes);
    }

    [Fact]
    public void Without_a_server_it_is_an_error_if_the_user_wants_none_compiled_here()
    {
        if (builds.Distcc is not { } distcc)
        {
            NotRun(builds.Reason);
            return;
        }

        var variables = new Dictionary<string, string>(Nowhere) { ["DISTCC_DIR"] = temp.Path, ["DISTCC_FALLBACK"] = "0" };
        var result = builds.Rebuild("distcc", distcc.Folder, variables);

        result.ExitCode.Should().NotBe(0);
        BuildProgram.Text(result).Should().Contain($"Could not compile musl for {LauncherBuilds.Architecture}")
            .And.Contain("failed to distribute and fallbacks are disabled").And.NotContain("   at ");
    }

    [Fact]
    public void With_icecc_another_machine_compiles_with_this_machines_compiler()
    {
        using var cluster = IcecreamCluster.Start(LauncherBuilds.Compiler, out var reason);
        if (cluster is null)
        {
            NotRun(reason);
            return;
        }

        Succeed(builds.Rebuild("icecc", cluster.Folder, cluster.Variables, [.. cluster.Inside]));

        output.WriteLine($"{cluster.Compiled} of {builds.Objects} from the other machine");
        cluster.Compiled.Should().BeGreaterThan(builds.Objects / 2);
        builds.Bytes.Should().Be(LauncherBuilds.ExpectedBytes);
    }

    [Fact]
    public void Ccache_shares_objects_over_http_and_distcc_compiles_what_it_lacks()
    {
        var programs = new DebianPrograms(temp);
        using var server = NginxServer.Start(out var reason);
        if (server is null || !programs.Find("ccache", "--version", "ccache", "libhiredis0.14", "libhiredis1.1.0"))
        {
            NotRun(server is null ? reason : "there is no ccache, and apt-get cannot download one");
            return;
        }

        var before = builds.Distcc?.Jobs.Sum(jobs => jobs.Length) ?? 0;
        var (one, other) = (Machine("one"), Machine("other"));
        if (builds.Distcc is { } distcc)
        {
            foreach (var (name, value) in distcc.Variables)
                one[name] = value;
            one["CCACHE_PREFIX"] = Path.Combine(distcc.Folder, "distcc");
        }

        Succeed(builds.Rebuild("ccache", programs.Folder, one));
        server.Requests.Should().Contain(request => request.StartsWith("PUT ", StringComparison.Ordinal));
        if (builds.Distcc is not null)
            (builds.Distcc.Jobs.Sum(jobs => jobs.Length) - before).Should().Be(builds.Objects);
        builds.Bytes.Should().Be(LauncherBuilds.ExpectedBytes);

        Succeed(builds.Rebuild("ccache", programs.Folder, other));
        var statistics = Ask(Path.Combine(programs.Folder, "ccache"), "--print-stats", other);
        Number(statistics, "remote_storage_hit").Should().BeGreaterThan(0);
        Number(statistics, "cache_miss").Should().Be(0);
        builds.Bytes.Should().Be(LauncherBuilds.ExpectedBytes);

        Dictionary<string, string> Machine(string name) => new()
        {
            ["CCACHE_DIR"] = temp[name],
            ["CCACHE_REMOTE_STORAGE"] = server.Url,
        };
    }

    [Fact]
    public void The_server_of_sccache_outlives_builds_and_their_interruption_and_keeps_objects()
    {
        var programs = new DebianPrograms(temp);
        if (!programs.Find("sccache", "--version", "sccache"))
        {
            NotRun("there is no sccache, and apt-get cannot download one");
            return;
        }

        var variables = new Dictionary<string, string>
        {
            ["SCCACHE_DIR"] = temp["cache"],
            ["SCCACHE_SERVER_PORT"] = $"{BackgroundProgram.FreePort()}",
        };
        var program = Path.Combine(programs.Folder, "sccache");
        try
        {
            using (var terminal = builds.RebuildAtTerminal("sccache", programs.Folder, variables))
            {
                terminal.WaitFor("objects");
                // Of the log, not of the server: on a busy machine, the build might end while that is asked.
                SpinWait.SpinUntil(() => builds.Objects > 1, TimeSpan.FromMinutes(2)).Should().BeTrue();
                terminal.Type("\u0003");
                terminal.WaitForExit().Should().NotBe(0);
            }

            var interrupted = Requests();
            interrupted.Should().BePositive("it is still the server that the build has started");

            Succeed(builds.Rebuild("sccache", programs.Folder, variables));
            Requests().Should().BeGreaterThanOrEqualTo(interrupted + builds.Objects);
            builds.Bytes.Should().Be(LauncherBuilds.ExpectedBytes);

            var hits = Hits();
            Succeed(builds.Rebuild("sccache", programs.Folder, variables));
            (Hits() - hits).Should().Be(builds.Objects);
            builds.Bytes.Should().Be(LauncherBuilds.ExpectedBytes);
        }
        finally
        {
            Ask(program, "--stop-server", variables);
        }

        int Requests() => Number(Ask(program, "--show-stats", variables), "Compile requests ");

        int Hits() => Number(Ask(program, "--show-stats", variables), "Cache hits ");
    }

    public void Dispose() => temp.Dispose();

    static string Ask(string program, string question, IReadOnlyDictionary<string, string> variables) =>
        Tools.OfHost.Run(new ToolInvocation(program, question) { Environment = variables }).Output;

    static int Number(string text, string name) =>
        text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => int.Parse(LastNumber().Match(line).Value)).FirstOrDefault();

    static void Succeed(ToolResult result) => result.ExitCode.Should().Be(0, BuildProgram.Text(result));

    void NotRun(string reason) => output.WriteLine($"not run: {reason}");

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex LastNumber();
}
