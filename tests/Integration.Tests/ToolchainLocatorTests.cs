using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Tests.Integration;

public sealed class ToolchainLocatorTests(CrossCompilers compilers) : IClassFixture<CrossCompilers>
{
    readonly ToolchainLocator locator = new(compilers.Runner);

    [Theory]
    [MemberData(nameof(CrossCompilers.Architectures), MemberType = typeof(CrossCompilers))]
    public void The_usual_compiler_is_found_and_passes_the_check(string architecture)
    {
        var toolchain = locator.Locate(CrossCompilers.Named(architecture), null);

        toolchain.Version.Should().MatchRegex(@"^gcc \d+\.\d+");
        locator.Invoking(l => l.Verify(toolchain)).Should().NotThrow();
    }

    [Fact]
    public void A_prefix_of_the_user_wins()
    {
        var gcc = compilers.Wrap("mine-gcc", "aarch64-linux-gnu-gcc");

        locator.Locate(ArchitectureCatalogue.Arm64, gcc[..^3]).Tool("gcc").Should().Be(gcc);
    }

    [Fact]
    public void A_compiler_for_another_machine_is_named_with_both_machines()
    {
        var toolchain = locator.Locate(ArchitectureCatalogue.Arm64, "arm-linux-gnueabihf-");

        locator.Invoking(l => l.Verify(toolchain)).Should().Throw<BuildException>()
            .WithMessage("*'arm-linux-gnueabihf-gcc' compiles for Arm, but arm64 needs AArch64*--cross-compile-arm64*");
    }

    [Fact]
    public void A_soft_float_compiler_for_arm_is_named()
    {
        var gcc = compilers.Wrap("soft-gcc", "arm-linux-gnueabihf-gcc -mfloat-abi=soft");
        var toolchain = locator.Locate(ArchitectureCatalogue.Arm, gcc[..^3]);

        locator.Invoking(l => l.Verify(toolchain))
            .Should().Throw<BuildException>().WithMessage("*Soft*arm needs Hard*CROSS_COMPILE_ARM.*");
    }

    [Fact]
    public void A_missing_prefix_is_named_with_the_package_to_install()
    {
        locator.Invoking(l => l.Locate(ArchitectureCatalogue.Arm64, "nowhere-")).Should().Throw<BuildException>()
            .WithMessage("*'nowhere-gcc'*'gcc-aarch64-linux-gnu'*");
    }

    [Fact]
    public void A_forgotten_dash_is_pointed_out()
    {
        locator.Invoking(l => l.Locate(ArchitectureCatalogue.Arm64, "aarch64-linux-gnu")).Should().Throw<BuildException>()
            .WithMessage("*Did you mean 'aarch64-linux-gnu-'*");
    }

    [Fact]
    public void A_prefix_with_a_space_is_refused_with_the_reason()
    {
        locator.Invoking(l => l.Locate(ArchitectureCatalogue.Arm64, "/opt/my tools/aarch64-")).Should().Throw<BuildException>()
            .WithMessage("*'/opt/my tools/aarch64-'*space*");
    }

    [Fact]
    public void An_architecture_without_any_of_its_usual_compilers_names_them_all()
    {
        var environment = ToolEnvironment.From([new("PATH", "/nonexistent")]);

        new ToolchainLocator(new ToolRunner(environment)).Invoking(l => l.Locate(ArchitectureCatalogue.Arm, null))
            .Should().Throw<BuildException>()
            .WithMessage("*'arm-linux-gnueabihf-gcc', 'arm-linux-musleabihf-gcc'*gcc-arm-linux-gnueabihf*");
    }

    [Fact]
    public void Another_version_of_the_compiler_has_another_identity()
    {
        var other = compilers.Wrap("other-gcc", "aarch64-linux-gnu-gcc");

        locator.Locate(ArchitectureCatalogue.Arm64, other[..^3]).Identity
            .Should().NotBe(locator.Locate(ArchitectureCatalogue.Arm64, null).Identity);
    }
}
