using L4ReMusl.Foundation.Files;
using L4ReMusl.Rust;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Rust;

/// <summary>What is asked of rustup, which a script stands in for: it answers and fails like the real one.</summary>
public sealed class RustupTests : IDisposable
{
    const string Name = "stable-x86_64-unknown-linux-gnu", Target = "aarch64-unknown-linux-musl";

    readonly TempFolder temp = new("a rustup ");
    readonly RecordedLog log = new();

    string Sysroot => temp["toolchains", Name];

    RustToolchain Toolchain => new(temp["bin", "cargo"], temp["bin", "rustc"], "1.95.0", Sysroot, "identity");

    [Fact]
    public void A_target_is_added_to_the_toolchain_that_is_used_and_what_was_done_is_said()
    {
        WriteRustup();

        Rustup().Add(Toolchain, Target).Should().BeTrue();

        Directory.Exists(Toolchain.LibrariesFor(Target)).Should().BeTrue();
        log.Events.Select(line => line.RenderMessage())
            .Should().ContainSingle().Which.Should().Contain($"rustup target add --toolchain {Name} {Target}");
    }

    [Fact]
    public void Where_rustup_has_no_library_it_may_have_the_sources()
    {
        WriteRustup();

        Rustup().Add(Toolchain, "arm-unknown-none").Should().BeTrue();

        Directory.Exists(Path.Combine(Sysroot, "lib", "rustlib", "src")).Should().BeTrue();
        log.Warnings.Should().ContainSingle().Which.Should().Contain("failed").And.Contain("does not support target");
    }

    [Fact]
    public void Nothing_is_installed_where_that_is_forbidden_or_the_toolchain_is_not_rustups()
    {
        WriteRustup();

        Rustup(mayInstall: false).Add(Toolchain, Target).Should().BeFalse();
        Rustup().Add(Toolchain with { Sysroot = "/usr" }, Target).Should().BeFalse();
        Rustup().Add(Toolchain with { Sysroot = temp["elsewhere", Name] }, Target).Should().BeFalse();

        log.Events.Should().BeEmpty();
        Directory.Exists(Toolchain.LibrariesFor(Target)).Should().BeFalse();
    }

    [Fact]
    public void Without_rustup_nothing_happens() => Rustup().Add(Toolchain, Target).Should().BeFalse();

    public void Dispose() => temp.Dispose();

    Rustup Rustup(bool mayInstall = true) =>
        new(mayInstall, Tools.In($"{Directory.CreateDirectory(temp["bin"]).FullName}:/usr/bin:/bin"), log.Logger);

    void WriteRustup()
    {
        Directory.CreateDirectory(Sysroot);
        temp.Write("bin/rustup", $"""
            #!/bin/sh
            case "$1 $2 $3" in
                'which --toolchain {Name}') echo '{Sysroot}/bin/rustc' ;;
                'which --toolchain '*) echo "error: toolchain '$3' is not installed" >&2; exit 1 ;;
                'target add --toolchain')
                    case $5 in
                        *-linux-musl*) mkdir -p '{Sysroot}/lib/rustlib/'"$5/lib" ;;
                        *)
                            echo "info: downloading" >&2
                            echo "error: toolchain '$4' does not support target '$5'" >&2
                            echo "Caused by: nothing" >&2
                            exit 1
                            ;;
                    esac
                    ;;
                'component add --toolchain') mkdir -p '{Sysroot}/lib/rustlib/src' ;;
                *) echo "error: unexpected $*" >&2; exit 2 ;;
            esac

            """);
        File.SetUnixFileMode(temp["bin", "rustup"], FileModes.Program);
    }
}
