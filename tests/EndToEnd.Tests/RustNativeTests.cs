using L4ReMusl.Backend;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Rust;
using L4ReMusl.Settings;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Rust without <c>std</c> on the l4re flavour of musl: the programs that <c>RustTest</c> built, and a user's own build.
/// </summary>
public sealed class RustNativeTests : IDisposable
{
    readonly TempFolder temp = new("native rust ");

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_program_passes_on_real_system_calls_and_without_any_kernel(string name)
    {
        var checks = Test(name).RunOnLinux();

        checks.Should().HaveCountGreaterThanOrEqualTo(6).And.OnlyHaveUniqueItems()
            .And.Contain(["rust_formatting", "rust_clock", "rust_threads"]);
        Test(name).RunOnBareMachine().Should().Equal(checks);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_panic_is_printed_and_aborts(string name)
    {
        const string Panic = "*did not finish: after 0 checks*exit code 134*"
            + "panicked at crates/rust-native/src/main.rs:*1 on purpose*";

        Test(name).Invoking(test => test.RunOnLinux("panic")).Should().Throw<BuildException>().WithMessage(Panic);
        Test(name).Invoking(test => test.RunOnBareMachine("panic")).Should().Throw<BuildException>().WithMessage(Panic);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_is_static_needs_few_calls_and_neither_std_nor_an_unwinder(string name)
    {
        var prefix = FlavourPrefix.Of(name);
        var nm = new ToolchainLocator(Tools.OfHost).Locate(prefix.Architecture, null).Tool("nm");

        var programs = Artefacts.Layout.RustNativePrograms(prefix.Architecture);
        foreach (var program in BackendPrograms.Backends.Select(backend => Path.Combine(programs, backend)))
        {
            new ElfFile(File.ReadAllBytes(program), program).Interpreter.Should().BeNull();
            prefix.Calls(program)
                .Should().HaveCountLessThan(30).And.Contain(["write", "clone_thread"])
                .And.NotContain(call => call.EndsWith(" ENOSYS", StringComparison.Ordinal));
            var symbols = Tools.OfHost.Run(new ToolInvocation(nm, "--demangle", program)).OrThrow("list the symbols").Output;
            symbols.Should().Contain("core::fmt::").And.NotContain("std::").And.NotContain("_Unwind_RaiseException")
                .And.NotContain("dlopen");
        }
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Made_in_another_folder_it_is_the_same_byte_for_byte(string name)
    {
        using var copy = new RepositoryCopy();
        var (architecture, there) = (Artefacts.Named(name), copy.Layout);
        var target = RustTargets.Of(architecture);
        FileTree.Copy(Artefacts.Layout.Crates, there.Crates);
        FileTree.Copy(Artefacts.Layout.L4RePrefix(architecture), there.L4RePrefix(architecture));
        FileTree.Copy(Artefacts.Layout.RustSysroot(target.Name), there.RustSysroot(target.Name));
        var settings = new SettingsParser(ArchitectureCatalogue.All)
            .Parse(new RawSettings((Parameters.CacheFolder, there.CacheFolder)));

        StagesIn.Graph(there, settings).Rust.Natives[architecture].Make(temp["programs"]);

        foreach (var backend in BackendPrograms.Backends)
            File.ReadAllBytes(temp["programs", backend])
                .Should().Equal(File.ReadAllBytes(Path.Combine(Artefacts.Layout.RustNativePrograms(architecture), backend)));
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_crate_elsewhere_is_built_with_the_settings_and_learns_the_flavour(string name)
    {
        var prefix = FlavourPrefix.Of(name);
        var target = RustTargets.Of(prefix.Architecture).Name;
        temp.Write("user/Cargo.toml", $"""
            [package]
            name = "user"
            version = "0.0.0"
            edition = "2024"
            [dependencies]
            l4re-libc = {"{"} path = "{Path.Combine(Artefacts.Layout.Crates, "l4re-libc")}", default-features = false {"}"}
            [workspace]
            """);
        temp.Write(
            "user/build.rs",
            """fn main() { println!("cargo::warning={}", std::env::var("DEP_L4RE_MUSL_FLAVOUR").unwrap()); }""" + "\n");
        temp.Write("user/src/main.rs", """
            #![no_std]
            #![no_main]

            #[unsafe(no_mangle)]
            extern "C" fn main() -> i32 {
                l4re_libc::println!("hello {:.1} {:?}", 2.5, l4re_libc::FLAVOUR);
                3
            }

            l4re_libc::abort_on_panic!();

            """);

        var result = Cargo(temp["user"], [], "rustc", "--release", "--target", target, "--", "-Clink-arg=--backend=semihosting");

        result.Succeeded.Should().BeTrue(result.Error);
        result.Error.Should().Contain("warning: user@0.0.0: l4re\n");
        prefix.RunOnBareMachine(temp["target", target, "release", "user"]).Should()
            .Match<ToolResult>(run => run.ExitCode == 3 && run.Output == "hello 2.5 Some(\"l4re\")\n");
    }

    [Theory]
    [InlineData(
        "lib/libc.a",
        "is not a musl prefix, because it has no lib/libc.a; make it with "
            + "'./build.sh Stage --flavours l4re --architectures arm64', "
            + "or name a prefix for aarch64-unknown-linux-musl in L4RE_LIBC_MUSL_PREFIX_AARCH64")]
    [InlineData("lib/crt1.o", "because it has no lib/crt1.o;")]
    public void A_prefix_of_the_flavour_that_lacks_a_file_is_an_error_of_one_sentence(string file, string message)
    {
        FileTree.Copy(Artefacts.Layout.L4RePrefix(ArchitectureCatalogue.Arm64), temp["prefix"]);
        File.Delete(temp["prefix", file]);

        ErrorOf(temp["prefix"]).Should().ContainSingle().Which.Should().Contain(message);
    }

    [Fact]
    public void A_prefix_for_another_architecture_is_recognized_by_its_static_library() =>
        ErrorOf(Artefacts.Layout.L4RePrefix(ArchitectureCatalogue.Arm)).Should().ContainSingle()
            .Which.Should().Contain("is not for aarch64-unknown-linux-musl: its libc.a is for arm; make it with");

    [Theory]
    [InlineData("", "its libc.a is not an ELF file;")]
    [InlineData("!<arch>\n", "its libc.a is not an ELF file;")]
    [InlineData("!<arch>\n/               0           0     0     0       99999999  `\n", "its libc.a is not an ELF file;")]
    public void A_file_that_is_not_a_library_is_reported_as_such(string library, string message)
    {
        FileTree.Copy(Artefacts.Layout.L4RePrefix(ArchitectureCatalogue.Arm64), temp["prefix"]);
        File.WriteAllText(temp["prefix", "lib", "libc.a"], library);

        ErrorOf(temp["prefix"]).Should().ContainSingle().Which.Should().Contain(message);
    }

    [Fact]
    public void A_program_that_wants_a_shared_library_of_it_is_refused() =>
        ErrorOf(
            Artefacts.Layout.L4RePrefix(ArchitectureCatalogue.Arm64), "--config",
            "target.aarch64-unknown-linux-musl.rustflags = ['-Ctarget-feature=-crt-static']")
            .Should().ContainSingle()
            .Which.Should().Contain(
                "is of the flavour l4re, which has no shared library; add -Ctarget-feature=+crt-static to rustc's flags");

    public void Dispose() => temp.Dispose();

    static string Settings => Path.Combine(Artefacts.Layout.Rust, "l4re.toml");

    // The compiler that the sysroots are for, which need not be the one in PATH.
    static string Compiler =>
        File.ReadLines(Settings)
            .FirstOrDefault(line => line.StartsWith("rustc = ", StringComparison.Ordinal))?.Split('"')[1] ?? "rustc";

    static NativeCrateTest Test(string name) =>
        new(Artefacts.Named(name), Artefacts.Layout.RustNativePrograms(Artefacts.Named(name)), Tools.OfHost);

    IEnumerable<string> ErrorOf(string prefix, params string[] options)
    {
        var result = Cargo(
            RepositoryRoot.Path,
            new() { ["L4RE_LIBC_MUSL_PREFIX_AARCH64"] = prefix },
            ["build", "--package", "l4re-libc", "--no-default-features", "--target", "aarch64-unknown-linux-musl", .. options]);
        result.Succeeded.Should().BeFalse();
        return result.Error.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("error: ", StringComparison.Ordinal) && line.Contains("prefix"));
    }

    ToolResult Cargo(string folder, Dictionary<string, string> variables, params string[] arguments) => Tools.OfHost.Run(
        new ToolInvocation("cargo", ["--config", Settings, "--color", "never", "--offline", .. arguments])
        {
            WorkingDirectory = folder,
            Environment = new Dictionary<string, string>(variables) { ["CARGO_TARGET_DIR"] = temp["target"] },
        });
}
