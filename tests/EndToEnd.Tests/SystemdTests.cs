using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;

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

    public void Dispose() => copy.Dispose();

    ToolResult Build(string architecture) =>
        copy.Program.Run("SmokeTest", "--components", "musl", "systemd", "--architectures", architecture);
}
