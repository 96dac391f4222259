using L4ReMusl.CommandLine;

namespace L4ReMusl.Tests.CommandLine;

public sealed class AmbientEnvironmentTests
{
    static readonly string[] Parameters = ["host", "target", "root", "jobs", "musl-version", "cross-compile-arm"];
    static readonly string[] Documented = ["CROSS_COMPILE_ARM", "MUSL_VERSION"];

    [Theory]
    [InlineData("HOST")]
    [InlineData("Target")]
    [InlineData("root")]
    [InlineData("JOBS")]
    [InlineData("musl.version")]
    [InlineData("_J_O_B_S")]
    [InlineData("NUKETARGET")]
    [InlineData("nuke-host")]
    [InlineData("cross_compile_arm")]
    public void A_variable_that_NUKE_would_take_is_dropped(string variable) => Drop(variable).Should().Equal(variable);

    [Theory]
    [InlineData("PATH")]
    [InlineData("HOSTNAME")]
    [InlineData("MAKEFLAGS")]
    [InlineData("CROSS_COMPILE_ARM")]
    [InlineData("MUSL_VERSION")]
    [InlineData("NUKE_JOBS")]
    [InlineData("NUKE_TELEMETRY_OPTOUT")]
    public void Other_documented_and_deliberate_variables_stay(string variable) => Drop(variable).Should().BeEmpty();

    [Fact]
    public void Of_two_for_one_parameter_the_deliberate_one_stays_because_NUKE_would_take_neither() =>
        Drop("MUSL_VERSION", "NUKE_MUSL_VERSION", "PATH").Should().Equal("MUSL_VERSION");

    static IReadOnlyList<string> Drop(params string[] variables) =>
        AmbientEnvironment.NamesToDrop(Parameters, Documented, variables);
}
