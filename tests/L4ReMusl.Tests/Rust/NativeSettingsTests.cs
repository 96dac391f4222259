using L4ReMusl.Machines;
using L4ReMusl.Rust;

namespace L4ReMusl.Tests.Rust;

/// <summary>The settings for cargo for programs of the l4re flavour.</summary>
public sealed class NativeSettingsTests
{
    [Fact]
    public void The_wrapper_of_the_prefix_links_and_nothing_unwinds()
    {
        var text = NativeSettings.ForCargo([Of(ArchitectureCatalogue.Arm), Of(ArchitectureCatalogue.Arm64)], null);

        text.Should().Contain("[target.armv7-unknown-linux-musleabihf]\nlinker = \"/a folder/arm/bin/arm-l4re-musl-gcc\"\n")
            .And.Contain("[target.aarch64-unknown-linux-musl]\nlinker = \"/a folder/arm64/bin/aarch64-l4re-musl-gcc\"\n"
                + "rustflags = [\"--sysroot\", \"/a folder/std/arm64\", \"-Ctarget-feature=+crt-static\"")
            .And.Contain("\n[profile.dev]\npanic = \"abort\"\n")
            .And.Contain("\n[profile.release]\npanic = \"abort\"\nstrip = \"debuginfo\"\n")
            .And.EndWith("[env]\nL4RE_LIBC_MUSL_PREFIX_ARM = \"/a folder/arm\"\n"
                + "L4RE_LIBC_MUSL_PREFIX_AARCH64 = \"/a folder/arm64\"\nL4RE_LIBC_MUSL_PREFIX_ARM64 = \"/a folder/arm64\"\n")
            .And.NotContain("rustc =");
    }

    [Fact]
    public void Another_compiler_than_the_one_in_PATH_is_named() =>
        NativeSettings.ForCargo([Of(ArchitectureCatalogue.Arm64)], "/usr/bin/rustc")
            .Should().Contain("\n[build]\nrustc = \"/usr/bin/rustc\"\nrustdoc = \"/usr/bin/rustdoc\"\n\n[target.");

    static NativeSettings Of(Architecture architecture) =>
        new(RustTargets.Of(architecture), $"/a folder/{architecture}", $"/a folder/std/{architecture}");
}
