using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Tests.Machines;

public sealed class CompilerLauncherTests
{
    [Theory]
    [InlineData("ccache", "ccache wrapper-gcc")]
    [InlineData("/opt/sccache", "/opt/sccache wrapper-gcc")]
    [InlineData("distcc", "wrapper-gcc")]
    [InlineData("/usr/bin/icecc", "wrapper-gcc")]
    [InlineData(null, "wrapper-gcc")]
    public void A_wrapper_is_not_sent_to_other_machines(string? program, string expected)
    {
        var launcher = program is null ? null : new CompilerLauncher(program);

        CompilerLauncher.CallWrapper(launcher, "wrapper-gcc").Should().Be(expected);
    }

    [Fact]
    public void Caches_of_objects_know_the_compiler_behind_a_wrapper()
    {
        var one = CompilerLauncher.VariablesForWrapper(new(ArchitectureCatalogue.Arm64, "a-", "gcc 1", "one"));
        var other = CompilerLauncher.VariablesForWrapper(new(ArchitectureCatalogue.Arm64, "a-", "gcc 1", "other"));

        one["CCACHE_COMPILERCHECK"].Should().NotBe(other["CCACHE_COMPILERCHECK"]);
        one["SCCACHE_C_CUSTOM_CACHE_BUSTER"].Should().NotBe(other["SCCACHE_C_CUSTOM_CACHE_BUSTER"]);
        one["CCACHE_PREFIX"].Should().BeEmpty("it could be distcc");
    }
}
