using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Rust;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// The crate <c>l4re-libc</c> on the staged prefixes: its smoke test detects another libc, and its build script finds the right
/// one.
/// </summary>
public sealed partial class RustTests : IDisposable
{
    readonly TempFolder temp = new("rust-");

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void On_the_staged_library_the_smoke_test_passes(string name)
    {
        var result = SmokeTest(name, Artefacts.Layout.Prefix(Artefacts.Named(name)));

        result.Succeeded.Should().BeTrue(result.Output);
        Failed(result).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void On_a_copy_of_the_library_byte_for_byte_the_same_it_fails(string name)
    {
        FileTree.Copy(Artefacts.Layout.Prefix(Artefacts.Named(name)), temp["copy"]);

        Failed(SmokeTest(name, temp["copy"])).Should().Contain("smoke::the_library_that_is_loaded_is_the_staged_one")
            .And.NotContain("smoke::all_functions_are_there", "the symbols alone prove nothing");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void On_a_library_that_lacks_a_function_it_fails_and_names_that(string name)
    {
        FileTree.Copy(Artefacts.Layout.Prefix(Artefacts.Named(name)), temp["copy"]);
        var library = temp["copy", "lib", "libc.so"];
        var bytes = File.ReadAllBytes(library);
        "\0wordexq\0"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("\0wordexp\0"u8)));
        File.WriteAllBytes(library, bytes);

        var result = SmokeTest(name, temp["copy"]);

        Failed(result).Should().Contain("smoke::all_functions_are_there");
        result.Output.Should().Contain("libc.so lacks [\"wordexp\"]");
    }

    [Theory]
    [InlineData(
        "L4RE_LIBC_MUSL_PREFIX_AARCH64=/nonexistent",
        "'/nonexistent' (from the environment variable L4RE_LIBC_MUSL_PREFIX_AARCH64) is not a musl prefix, because "
            + "it has no lib/libc.so; make it with './build.sh Stage --architectures arm64'")]
    [InlineData("L4RE_LIBC_MUSL_PREFIX_ARM64=/nonexistent", "(from the environment variable L4RE_LIBC_MUSL_PREFIX_ARM64)")]
    [InlineData("L4RE_LIBC_MUSL_PREFIX=/nonexistent", "(from the environment variable L4RE_LIBC_MUSL_PREFIX)")]
    [InlineData(
        "L4RE_LIBC_MUSL_PREFIX_AARCH64=out/musl/arm",
        "out/musl/arm' (from the environment variable L4RE_LIBC_MUSL_PREFIX_AARCH64) is not for aarch64-unknown-linux-musl: "
            + "its libc.so is for arm;")]
    [InlineData(
        "L4RE_LIBC_MUSL_PREFIX_ARM64=/second L4RE_LIBC_MUSL_PREFIX_AARCH64=/first L4RE_LIBC_MUSL_PREFIX=/third",
        "'/first' (from")]
    public void A_folder_that_is_not_a_prefix_is_an_error_of_one_sentence(string variables, string message)
    {
        var result = Cargo(Variables(variables), "build");

        result.Succeeded.Should().BeFalse();
        result.Error.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("error: ", StringComparison.Ordinal) && line.Contains("prefix"))
            .Should().ContainSingle().Which.Should().Contain(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("L4RE_LIBC_MUSL_PREFIX_AARCH64= L4RE_LIBC_MUSL_PREFIX_ARM64= L4RE_LIBC_MUSL_PREFIX=")]
    [InlineData("L4RE_LIBC_MUSL_PREFIX_ARM64=out/musl/arm64 L4RE_LIBC_MUSL_PREFIX=/nonexistent")]
    public void Without_a_prefix_that_is_named_or_with_empty_variables_the_usual_place_will_do(string variables)
    {
        var result = Cargo(Variables(variables), "build", "--no-default-features");

        result.Succeeded.Should().BeTrue(result.Error);
    }

    [Fact]
    public void What_depends_on_the_crate_learns_where_the_prefix_is()
    {
        temp.Write("user/Cargo.toml", $"""
            [package]
            name = "user"
            version = "0.0.0"
            edition = "2024"
            [dependencies]
            l4re-libc = {"{"} path = "{Path.Combine(Artefacts.Layout.Crates, "l4re-libc")}" {"}"}
            [workspace]
            """);
        temp.Write("user/build.rs", """
            fn main() {
                for name in ["PREFIX", "INCLUDE", "LIBDIR", "VERSION"] {
                    println!("cargo::warning={name}={}", std::env::var(format!("DEP_L4RE_MUSL_{name}")).unwrap());
                }
            }
            """);
        temp.Write("user/src/main.rs", "fn main() { println!(\"{:?}\", l4re_libc::VERSION); }\n");
        var prefix = Artefacts.Layout.Prefix(ArchitectureCatalogue.Arm64);

        var result = CargoIn(temp["user"], Variables(""), "run", "--target", "aarch64-unknown-linux-musl");

        result.Succeeded.Should().BeTrue(result.Error);
        result.Error.Should().Contain($"PREFIX={prefix}\n").And.Contain($"INCLUDE={prefix}/include\n")
            .And.Contain($"LIBDIR={prefix}/lib\n").And.Contain("VERSION=1.2.5");
        result.Output.Should().Be("Some(\"1.2.5\")\n");
    }

    [Fact]
    public void A_shell_that_sourced_the_settings_runs_the_tests_by_hand()
    {
        var environment = new Dictionary<string, string> { ["CARGO_TARGET_DIR"] = temp["target"] };
        var result = Tools.OfHost.Run(new ToolInvocation(
            "sh", "-c",
            ". out/rust/env.sh && exec cargo test --offline -p l4re-libc --test musl_smoke --target aarch64-unknown-linux-musl")
        {
            WorkingDirectory = RepositoryRoot.Path,
            Environment = environment,
        });

        if (RepositoryRoot.Path.Any(char.IsWhiteSpace))
            result.Error.Should().Contain("cargo --config out/rust/config.toml");
        else
            result.Output.Should().MatchRegex(@"test result: ok\. [1-9]\d* passed; 0 failed; 0 ignored");
    }

    [Fact]
    public void On_the_host_the_tests_pass_and_say_what_did_not_run()
    {
        var result =
            CargoIn(RepositoryRoot.Path, [], "test", "--package", "l4re-libc", "--test", "musl_smoke", "--test", "wrappers");

        result.Succeeded.Should().BeTrue(result.Output);
        result.Output.Should().Contain("ignored, the staged musl is tested on its own targets: ./build.sh RustTest")
            .And.Contain("11 passed");
    }

    public void Dispose() => temp.Dispose();

    static IReadOnlyList<RustTarget> Targets { get; } = [.. ArchitectureCatalogue.All.Select(RustTargets.Of)];

    static RustToolchain Nothing { get; } = new("cargo", "rustc", "", "", "");

    // The program that RustTest compiled last, started as the kernel would start it in another root.
    static ToolResult SmokeTest(string name, string root)
    {
        var target = RustTargets.Of(Artefacts.Named(name)).Name;
        var programs = new DirectoryInfo(Path.Combine(Artefacts.Layout.Rust, "target", target, "debug", "deps"))
            .GetFiles("musl_smoke-*").Where(file => file.Extension.Length == 0);
        return Artefacts.Emulate(Artefacts.Named(name), root, programs.MaxBy(file => file.LastWriteTimeUtc)!.FullName);
    }

    static List<string> Failed(ToolResult result) =>
        [.. FailedTest().Matches(result.Output).Select(match => match.Groups[1].Value)];

    ToolResult Cargo(Dictionary<string, string> variables, string command, params string[] arguments) =>
        CargoIn(
            RepositoryRoot.Path, variables,
            [command, "--package", "l4re-libc", "--target", "aarch64-unknown-linux-musl", .. arguments]);

    ToolResult CargoIn(string folder, Dictionary<string, string> variables, params string[] arguments) => Tools.OfHost.Run(
        new ToolInvocation("cargo", ["--config", Settings(), "--color", "never", "--offline", .. arguments])
        {
            WorkingDirectory = folder,
            Environment = new Dictionary<string, string>(variables) { ["CARGO_TARGET_DIR"] = temp["target"] },
        });

    // Without the location of the prefix, which the build script must find.
    string Settings()
    {
        var settings = File.ReadLines(Path.Combine(Artefacts.Layout.Rust, "config.toml"))
            .Where(line => !line.StartsWith("L4RE_LIBC_", StringComparison.Ordinal));
        File.WriteAllLines(temp["config.toml"], settings);
        return temp["config.toml"];
    }

    static Dictionary<string, string> Variables(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('='))
            .ToDictionary(parts => parts[0], parts => parts[1]);

    [GeneratedRegex(@"^test (\S+)(?: - should panic)? \.\.\. FAILED", RegexOptions.Multiline)]
    private static partial Regex FailedTest();
}
