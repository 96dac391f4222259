using L4ReMusl.Foundation.Processes;
using L4ReMusl.HostTools;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>How the environment of a user may and may not affect a build.</summary>
public sealed class HostEnvironmentTests(RepositoryCopy copy) : IClassFixture<RepositoryCopy>
{
    [Fact]
    public void Variables_of_a_cross_compiling_shell_change_nothing()
    {
        var usual = copy.Program.Run("ListPatches");
        var result =
            With(("HOST", "arm-linux"), ("TARGET", "Clean"), ("PLAN", "1"), ("HELP", "1"), ("JOBS", "x"), ("ROOT", "/nowhere"),
            ("SKIP", "ListPatches"), ("ARCHITECTURES", "mips"), ("OFFLINE", "x"), ("VERBOSITY", "Quiet")).Run("ListPatches");

        result.ExitCode.Should().Be(0, BuildProgram.Text(result));
        Listing(result).Should().Equal(Listing(usual)).And.HaveCountGreaterThan(20);

        static IEnumerable<string> Listing(ToolResult result) =>
            result.Output.Split('\n').Where(line => line.StartsWith("     ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CROSS_COMPILE_ARM64", "nowhere-", "'nowhere-gcc'", "CROSS_COMPILE_ARM64")]
    [InlineData("NUKE_CROSS_COMPILE_ARM64", "nowhere-", "'nowhere-gcc'", "--cross-compile-arm64")]
    [InlineData("NUKE_JOBS", "nonsense", "NUKE_JOBS", "'nonsense'")]
    [InlineData("NUKE_ARCHITECTURES", "mips", "'mips'", "arm, arm64")]
    [InlineData("MUSL_VERSION", "9.9", "no musl '9.9'", "1.2.5")]
    public void A_documented_variable_is_honoured_and_a_bad_value_is_named(string variable, string value, params string[] told)
    {
        var result = With((variable, value)).Run("Stage", "--no-provision", "--offline");

        result.ExitCode.Should().NotBe(0);
        foreach (var part in told)
            BuildProgram.Text(result).Should().Contain(part);
        Directory.Exists(copy.Layout.Output).Should().BeFalse();
    }

    [Theory]
    [InlineData("--no-provision")]
    [InlineData("--offline")]
    public void Missing_host_tools_are_named_with_the_command_that_brings_them_and_nothing_is_written(string prohibition)
    {
        using var tools = new TempFolder();
        LinkAllToolsBut(["make", "qemu-arm"], tools.Path);

        var result = With(("PATH", tools.Path)).Run("LsbRoot", prohibition, "--architectures", "arm");

        result.ExitCode.Should().NotBe(0);
        var text = BuildProgram.Text(result);
        text.Should().Contain($"The host lacks 'make', 'qemu-arm'; nothing was installed, because '{prohibition}' forbids it.");
        text.Should().MatchRegex("(?m)^make +- +MISSING +make ").And.MatchRegex("(?m)^qemu-arm +- +MISSING +qemu-user ");
        text.Should().Contain(
            HostSystem.Read().IsDebianLike ? $"Install with: {AptGet.CommandFor(["make", "qemu-user"])}" : "package manager");
        Directory.Exists(copy.Layout.Output).Should().BeFalse();
    }

    BuildProgram With(params (string Name, string Value)[] variables) =>
        new(copy.Root) { Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value) };

    static void LinkAllToolsBut(string[] hidden, string folder)
    {
        var tools = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles)
            .DistinctBy(Path.GetFileName).Where(path => !hidden.Contains(Path.GetFileName(path)));
        foreach (var path in tools)
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(path)), path);
    }
}
