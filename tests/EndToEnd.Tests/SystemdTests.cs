using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>A root file system with systemd as its init.</summary>
[Trait("Speed", "long")]
public sealed class SystemdTests : IDisposable
{
    readonly RepositoryCopy copy = new();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_boots_runs_services_and_timers_and_powers_off(string name)
    {
        var said = BuildProgram.Text(Build(name).OrThrow("boot it"));

        said.Should().Contain($"{name}: level 3 of 3 reached");
        var log = File.ReadAllText(Path.Combine(copy.Layout.Logs, $"smoke-{name}.log"));
        log.Should().Contain("SELF-TEST systemd.state ok").And.Contain("SELF-TEST systemd.restart ok")
            .And.Contain("SELF-TEST libucontext.contexts ok");
        FileTree.Size(copy.Layout.Component(Artefacts.Named(name), "systemd")).Should().BeLessThan(12_000_000);
    }

    [Fact]
    public void A_unit_that_fails_fails_the_smoke_test()
    {
        var name = RepositoryCopy.Architectures[^1];
        var units = copy["config", "components", "systemd", "root", "usr", "lib", "systemd", "system"];
        File.WriteAllText(Path.Combine(units, "broken.service"), "[Service]\nType=oneshot\nExecStart=/bin/false\n");
        Directory.CreateDirectory(Path.Combine(units, "multi-user.target.wants"));
        File.CreateSymbolicLink(Path.Combine(units, "multi-user.target.wants", "broken.service"), "../broken.service");

        var failed = Build(name);

        failed.Succeeded.Should().BeFalse();
        BuildProgram.Text(failed).Should().Contain("2 checks failed in the guest")
            .And.Contain("systemd.state FAIL it printed 'degraded").And.Contain("broken.service");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Crafted_partition_tables_do_no_harm(string name)
    {
        var architecture = Artefacts.Named(name);
        copy.Program.Run("CompileComponents", "--components", "musl", "util-linux", "--architectures", name)
            .OrThrow("build the libraries");
        var (usr, program) = (Path.Combine(copy.Layout.Component(architecture, "util-linux"), "usr"), copy["partitions"]);
        var prefix = new StagedPrefix(architecture, copy.Layout.Prefix(architecture));

        prefix.Compile(
            Path.Combine(RepositoryRoot.Path, "tests", "EndToEnd.Tests", "programs", "partitions.c"), program,
            $"-I{usr}/include", Path.Combine(usr, "lib", "libblkid.so"));

        prefix.Run("-E", $"LD_LIBRARY_PATH={usr}/lib", program).Should()
            .Match<ToolResult>(result => result.Succeeded && result.Output == "ok\n");
    }

    public void Dispose() => copy.Dispose();

    ToolResult Build(string architecture) =>
        copy.Program.Run("SmokeTest", "--components", "musl", "systemd", "--architectures", architecture);
}
