using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Rust;
using L4ReMusl.Tests.Support;
using Xunit.Abstractions;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Users' crates, built with the settings for cargo: doc tests, static libraries, and what build scripts find.</summary>
public sealed class RustCrateTests(ITestOutputHelper output) : IDisposable
{
    readonly TempFolder temp = new("rust-crates-");

    public static IEnumerable<object[]> Targets =>
        from architecture in Artefacts.Architectures
        from target in Artefacts.Named((string)architecture[0]).RustTargets
        select new[] { architecture[0], target };

    public void Dispose() => temp.Dispose();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Doc_tests_are_compiled_and_run(string name)
    {
        WriteDocumentedCrate();

        Cargo("test", "--doc", "--target", TargetOf(name)).Output.Should().Contain("test result: ok. 1 passed; 0 failed");
    }

    [Fact]
    public void They_are_in_a_shell_that_sourced_the_settings()
    {
        WriteDocumentedCrate();

        var result = Tools.OfHost.Run(new ToolInvocation(
            "sh", "-c", ". \"$0\" && exec cargo test --offline --target \"$1\"",
            Path.Combine(Artefacts.Layout.Rust, "env.sh"), TargetOf((string)Artefacts.Architectures.Last()[0]))
        {
            WorkingDirectory = temp["crate"],
        });

        if (RepositoryRoot.Path.Any(char.IsWhiteSpace))
            result.Error.Should().Contain("cargo --config out/rust/config.toml");
        else
            result.OrThrow("run the tests").Output.Should().Contain("1 passed; 0 failed");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_panic_unwinds_in_a_static_library_that_is_linked_into_a_C_program(string name)
    {
        var prefix = StagedPrefix.Of(name);
        Crate("[lib]\nname = \"caught\"\ncrate-type = [\"staticlib\"]", ("src/lib.rs", """
            #[unsafe(no_mangle)]
            pub extern "C" fn caught() -> i32 {
                let result = std::panic::catch_unwind(|| {
                    if std::hint::black_box(true) {
                        panic!("on purpose");
                    }
                });
                if result.is_err() { 42 } else { 0 }
            }

            """));
        temp.Write("main.c", "int caught(void);\nint main(void) { return caught(); }\n");

        Cargo("build", "--target", TargetOf(name));

        foreach (var options in (string[][])[[], ["-static"]])
        {
            prefix.Compile(temp["main.c"], temp["main"], [temp["target", TargetOf(name), "debug", "libcaught.a"], .. options]);
            prefix.Run(temp["main"]).Should().Match<ToolResult>(
                run => run.ExitCode == 42 && run.Error.Contains("on purpose"), string.Join(' ', options));
        }
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_build_script_compiles_C_and_finds_a_library_that_was_built_with_the_prefix(string name)
    {
        var prefix = StagedPrefix.Of(name);
        if (Registry() is not { } registry)
        {
            output.WriteLine("Not run: there are no crates pkg-config and cc, and apt-get cannot download them");
            return;
        }

        temp.Write("installed/lib/pkgconfig/greet.pc", $"""
            prefix={temp["installed"]}
            Name: greet
            Description: greets
            Version: 1.2
            Libs: -L{temp["installed", "lib"]} -lgreet
            Cflags: -I{temp["installed", "include"]}

            """);
        temp.Write("installed/include/greet.h", "int greet(void);\n");
        prefix.Compile(
            temp.Write("greet.c", "#include <stdio.h>\nint greet(void) { return puts(\"hello\"); }\n"),
            temp["installed", "lib", "libgreet.so"], "-shared", "-fPIC");
        Crate("build = \"build.rs\"", "[build-dependencies]\ncc = \"1\"\npkg-config = \"0.3\"",
            ("src/shim.c", """
                #include <errno.h>
                #include <greet.h>
                #ifdef __GLIBC__
                #error these are the headers of another libc
                #endif
                int shim(void) { return greet(); }

                """),
            ("build.rs", """
                fn main() {
                    let greet = pkg_config::Config::new().atleast_version("1.2").probe("greet").unwrap();
                    pkg_config::probe_library("musl").unwrap();
                    assert!(pkg_config::probe_library("host-only").is_err(), "the host's libraries are of no use");
                    cc::Build::new().file("src/shim.c").includes(&greet.include_paths).compile("shim");
                    println!("cargo::rustc-link-lib=greet");
                }

                """),
            ("src/main.rs", """
                unsafe extern "C" {
                    fn shim() -> i32;
                }

                fn main() {
                    assert!(unsafe { shim() } >= 0);
                }

                """));
        // What a host's own pkg-config would find.
        temp.Write("host/host-only.pc", "Name: x\nDescription: x\nVersion: 1\nLibs: -lx\n");

        var target = TargetOf(name);
        CargoWith(
            new()
            {
                [$"PKG_CONFIG_PATH_{target.Replace('-', '_')}"] = temp["installed", "lib", "pkgconfig"],
                ["PKG_CONFIG_PATH"] = temp["host"],
            },
            // Behind the subcommand, they would replace the settings before it.
            "--config", "source.crates-io.replace-with = 'debian'", "--config", $"source.debian.directory = '{registry}'",
            "build", "--target", target);

        Artefacts.Emulate(
            prefix.Architecture, prefix.Path,
            "-E", $"LD_LIBRARY_PATH={temp["installed", "lib"]}", temp["target", target, "debug", "crate"])
            .OrThrow("run the program").Output.Should().Be("hello\n");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Bindgen_sees_the_prefixs_types(string name, string target)
    {
        var prefix = StagedPrefix.Of(name);
        var programs = new DebianPrograms(temp);
        if (!programs.Find("bindgen", "--version", "bindgen"))
        {
            output.WriteLine("Not run: there is no bindgen, and apt-get cannot download one");
            return;
        }

        var header = temp.Write("sample.h", """
            #include <pthread.h>
            #include <stdarg.h>
            #include <stddef.h>
            #include <sys/stat.h>
            #include <time.h>
            #if defined __GLIBC__ || defined __STDARG_H || defined __CLANG_MAX_ALIGN_T_DEFINED
            #error these are the headers of another libc, or clang's own come first
            #endif
            struct sample { char first; time_t time; struct stat file; pthread_mutex_t mutex; double number; wchar_t letter; };

            """);
        var environment = new RustSettings(new RustTarget(target, prefix.Architecture), prefix.Path, "").Variables
            .ToDictionary(variable => variable.Name, variable => variable.Value);
        (environment["TARGET"], environment["HOST"]) = (target, "x86_64-unknown-linux-gnu");

        var bindings = Tools.OfHost.Run(new ToolInvocation(Path.Combine(programs.Folder, "bindgen"), header)
        {
            Environment = environment,
        });
        if (bindings.Error.Contains("Unable to find libclang", StringComparison.Ordinal))
        {
            output.WriteLine("Not run: bindgen lacks libclang");
            return;
        }

        Crate("", ("src/bindings.rs", bindings.OrThrow("run bindgen").Output), ("src/main.rs", """
            #[allow(warnings)]
            mod bindings { include!("bindings.rs"); }
            use std::mem::{offset_of, size_of};
            use bindings::{sample, stat, time_t};

            fn main() {
                println!("{} {} {}", size_of::<time_t>(), size_of::<sample>(), size_of::<stat>());
                println!("{} {}", offset_of!(sample, time), offset_of!(sample, letter));
            }

            """));
        temp.Write("sizes.c", """
            #include <stdio.h>
            #include "sample.h"
            int main(void)
            {
                printf("%zu %zu %zu\n", sizeof(time_t), sizeof(struct sample), sizeof(struct stat));
                return printf("%zu %zu\n", offsetof(struct sample, time), offsetof(struct sample, letter)) < 0;
            }

            """);
        prefix.Compile(temp["sizes.c"], temp["sizes"]);
        var expected = prefix.Run(temp["sizes"]).OrThrow("run the program in C").Output;
        expected.Should().StartWith("8 ");
        // The standard library is made for the usual target of each architecture.
        Cargo("run", "--target", TargetOf(name)).Output.Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void With_its_switch_the_crate_libc_has_times_of_64_bits_as_C_has(string name)
    {
        if (LibcCrate() is not { } libc)
        {
            output.WriteLine("Not run: there is no crate libc 0.2.180 or newer among the sources of Rust's standard library");
            return;
        }

        StagedPrefix.Of(name).Compile(temp.Write("time.c", """
            #include <sys/stat.h>
            long long time_in_c(const char *path, int *size)
            {
                struct stat file;
                *size = sizeof file.st_mtime;
                return stat(path, &file) ? -1 : file.st_mtime;
            }

            """), temp["time.o"], "-c");
        var buildScript = $"fn main() {{ println!(\"cargo::rustc-link-arg={temp["time.o"]}\"); }}\n";
        Crate($"[dependencies]\nlibc = {{ path = \"{libc}\" }}", ("build.rs", buildScript), ("src/main.rs", """
            extern "C" { fn time_in_c(path: *const libc::c_char, size: *mut i32) -> i64; }

            fn main() {
                let path = std::ffi::CString::new(std::env::args().nth(1).unwrap()).unwrap();
                unsafe {
                    let mut size = 0;
                    let c = time_in_c(path.as_ptr(), &mut size);
                    let mut file: libc::stat = std::mem::zeroed();
                    assert_eq!(libc::stat(path.as_ptr(), &mut file), 0);
                    println!("{size} {c}");
                    println!("{} {}", std::mem::size_of::<libc::time_t>(), file.st_mtim.tv_sec);
                }
            }

            """));
        var future = new DateTime(2040, 5, 6, 7, 8, 9, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(temp.Write("future", ""), future);

        var result = CargoWith(
            new() { ["RUST_LIBC_UNSTABLE_MUSL_V1_2_3"] = "1" },
            "run", "--target", TargetOf(name), "--", temp["future"]);

        var line = $"8 {new DateTimeOffset(future).ToUnixTimeSeconds()}\n";
        result.Output.Should().Be(line + line);
    }

    static string TargetOf(string name) => RustTargets.Of(Artefacts.Named(name)).Name;

    void WriteDocumentedCrate() => Crate("[lib]\nname = \"documented\"", ("src/lib.rs", """
        /// ```
        /// assert_eq!(documented::three(), 3);
        /// ```
        pub fn three() -> u32 {
            3
        }

        """));

    void Crate(string section, params (string Path, string Text)[] files) => Crate("", section, files);

    void Crate(string package, string sections, params (string Path, string Text)[] files)
    {
        temp.Write("crate/Cargo.toml", $"""
            [package]
            name = "crate"
            version = "0.0.0"
            edition = "2021"
            {package}
            {sections}
            [workspace]

            """);
        foreach (var (path, text) in files)
            temp.Write($"crate/{path}", text);
    }

    // The crates of Debian's packages, which need not be installed.
    string? Registry()
    {
        const string Folder = "usr/share/cargo/registry";
        if (HasCrates("/" + Folder))
            return "/" + Folder;
        var programs = new DebianPrograms(temp);
        programs.Unpack("librust-cc-dev", "librust-pkg-config-dev", "librust-shlex-dev", "librust-find-msvc-tools-dev");
        return HasCrates(Path.Combine(programs.Root, Folder)) ? Path.Combine(programs.Root, Folder) : null;

        static bool HasCrates(string folder) => Directory.Exists(folder)
            && Array.TrueForAll(["cc-1*", "pkg-config-0*"], crate => Directory.EnumerateDirectories(folder, crate).Any());
    }

    // Rust's standard library comes with a newer one than Debian's package.
    static string? LibcCrate() => new[] { Path.Combine(BuildProgram.CacheFolder, "rust"), "/usr/src" }
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateDirectories(folder, "rustc-*"))
        .Select(folder => Path.Combine(folder, "vendor"))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateDirectories(folder, "libc-0.2.*"))
        .FirstOrDefault(folder => int.Parse(folder.Split('.')[^1]) >= 180);

    ToolResult Cargo(string command, params string[] arguments) => CargoWith([], [command, .. arguments]);

    ToolResult CargoWith(Dictionary<string, string> variables, params string[] arguments) => Tools.OfHost.Run(new ToolInvocation(
        "cargo",
        ["--config", Path.Combine(Artefacts.Layout.Rust, "config.toml"), "--color", "never", "--offline", .. arguments])
    {
        WorkingDirectory = temp["crate"],
        Environment = new Dictionary<string, string>(variables) { ["CARGO_TARGET_DIR"] = temp["target"] },
    }).OrThrow($"cargo {string.Join(' ', arguments)}");
}
