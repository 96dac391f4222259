using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Rust;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Rust;

/// <summary>The settings for cargo, in all their forms.</summary>
public sealed class RustEnvironmentTests : IDisposable
{
    readonly TempFolder temp = new();

    [Fact]
    public void A_shell_that_sources_the_file_has_what_cargo_and_build_scripts_read()
    {
        temp.Write("env.sh", Of("/px").ForShell);

        var variables = Tools.OfHost.Run(new ToolInvocation("sh", "-euc", ". ./env.sh; env") { WorkingDirectory = temp.Path })
            .OrThrow("source the file").Output.Split('\n');

        variables.Should().Contain([
            "L4RE_LIBC_MUSL_PREFIX_AARCH64=/px/arm64", "L4RE_LIBC_MUSL_PREFIX_ARM64=/px/arm64",
            "L4RE_LIBC_MUSL_PREFIX_ARM=/px/arm",
            "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER=/px/arm64/bin/aarch64-linux-musl-gcc",
            "CARGO_TARGET_ARMV7_UNKNOWN_LINUX_MUSLEABIHF_RUNNER=/px/arm/bin/arm-linux-musleabihf-run",
            "CARGO_TARGET_ARMV7_UNKNOWN_LINUX_MUSLEABIHF_RUSTFLAGS=--sysroot /px/std/arm -Ctarget-feature=-crt-static",
            "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_RUSTDOCFLAGS=--sysroot /px/std/arm64 -Ctarget-feature=-crt-static",
            "PKG_CONFIG_aarch64_unknown_linux_musl=/px/arm64/bin/aarch64-linux-musl-pkg-config",
            "CMAKE_TOOLCHAIN_FILE_aarch64_unknown_linux_musl=/px/arm64/share/l4re-musl/toolchain.cmake",
            "BINDGEN_EXTRA_CLANG_ARGS_armv7_unknown_linux_musleabihf=--target=armv7-unknown-linux-musleabihf -nostdlibinc "
                + "--sysroot=/px/arm -isystem/px/arm/include -isystem/px/arm/include-linux",
            "PKG_CONFIG_LIBDIR_aarch64_unknown_linux_musl=/px/arm64/lib/pkgconfig",
            "PKG_CONFIG_ALLOW_CROSS_aarch64_unknown_linux_musl=1",
            "CC_armv7_unknown_linux_musleabihf=/px/arm/bin/arm-linux-musleabihf-gcc",
        ]);
        variables.Should().NotContain(
            line => line.StartsWith("LD_LIBRARY_PATH=") || line.StartsWith("LIBRARY_PATH="),
            "the host's own programs would read them");
    }

    [Fact]
    public void With_spaces_in_paths_only_the_file_for_cargo_works_and_the_other_says_so()
    {
        var environment = Of("/a folder");

        environment.ForCargo.Should()
            .Contain("[target.aarch64-unknown-linux-musl]\nlinker = \"/a folder/arm64/bin/aarch64-linux-musl-gcc\"\n")
            .And.Contain("rustflags = [\"--sysroot\", \"/a folder/std/arm64\", \"-Ctarget-feature=-crt-static\"]")
            .And.Contain("rustdocflags = [\"--sysroot\", \"/a folder/std/arm64\", \"-Ctarget-feature=-crt-static\"]")
            .And.Contain("-nostdlibinc '--sysroot=/a folder/arm64' '-isystem/a folder/arm64/include' '-isystem/a folder/arm64/")
            .And.Contain("\n[env]\n")
            .And.Contain("\nL4RE_LIBC_MUSL_PREFIX_ARM64 = \"/a folder/arm64\"\n");
        temp.Write("env.sh", environment.ForShell);
        Tools.OfHost.Run(new ToolInvocation("sh", "-euc", ". ./env.sh") { WorkingDirectory = temp.Path })
            .Error.Should().Contain("cargo --config out/rust/config.toml");
        FluentActions.Invoking(() => environment.Variables).Should().Throw<BuildException>().WithMessage("*spaces*config.toml*");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Build_scripts_get_a_compiler_for_Cxx_if_there_is_one(bool hasCxx) =>
        new RustSettings(RustTargets.Of(ArchitectureCatalogue.Arm64), "/p", "/std") { HasCxx = hasCxx }.Variables
            .Contains(("CXX_aarch64_unknown_linux_musl", "/p/bin/aarch64-linux-musl-g++")).Should().Be(hasCxx);

    [Fact]
    public void Another_compiler_than_the_one_in_PATH_is_named()
    {
        var environment = new RustEnvironment(
            [new RustSettings(RustTargets.Of(ArchitectureCatalogue.Arm64), "/p", "/std")], "/usr/bin/rustc");

        environment.Variables.Should().Contain([("RUSTC", "/usr/bin/rustc"), ("RUSTDOC", "/usr/bin/rustdoc")]);
        environment.ForCargo.Should().Contain("[build]\nrustc = \"/usr/bin/rustc\"\nrustdoc = \"/usr/bin/rustdoc\"\n");
        Of("/p").ForCargo.Should().NotContain("rustc =");
    }

    [Fact]
    public void Later_steps_of_a_job_get_the_variables_in_the_way_of_the_system()
    {
        var github = temp.Write("github", "EARLIER=1\n");
        var (azure, none) = (new StringWriter(), new StringWriter());

        new CiEnvironment(name => name == "GITHUB_ENV" ? github : null, none).Publish(Of("/p"));
        new CiEnvironment(name => name == "TF_BUILD" ? "True" : null, azure).Publish(Of("/p"));
        new CiEnvironment(_ => null, none).Publish(Of("/p"));

        File.ReadAllLines(github).Should().StartWith("EARLIER=1").And.Contain("L4RE_LIBC_MUSL_PREFIX_ARM=/p/arm");
        azure.ToString().Should().Contain("##vso[task.setvariable variable=L4RE_LIBC_MUSL_PREFIX_ARM]/p/arm\n");
        none.ToString().Should().BeEmpty();
    }

    [Theory]
    [InlineData("", "armv7-unknown-linux-musleabihf aarch64-unknown-linux-musl")]
    [InlineData("arm-unknown-linux-musleabihf", "arm-unknown-linux-musleabihf")]
    public void Each_architecture_has_a_usual_target_and_others_can_be_named(string names, string targets) =>
        RustTargets.Select(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), ArchitectureCatalogue.All)
            .Select(target => target.Name).Should().Equal(targets.Split(' '));

    [Fact]
    public void A_target_without_a_prefix_is_an_error_that_names_the_others() =>
        FluentActions.Invoking(() => RustTargets.Select(["aarch64-unknown-linux-gnu"], [ArchitectureCatalogue.Arm64]))
            .Should().Throw<BuildException>()
            .WithMessage("'aarch64-unknown-linux-gnu' is not a Rust target of the selected architectures. "
                + "Valid for --rust-targets: aarch64-unknown-linux-musl.*");

    public void Dispose() => temp.Dispose();

    static RustEnvironment Of(string folder) => new([.. ArchitectureCatalogue.All.Select(architecture =>
        new RustSettings(RustTargets.Of(architecture), $"{folder}/{architecture}", $"{folder}/std/{architecture}"))]);
}
