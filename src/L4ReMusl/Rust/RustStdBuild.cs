using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Machines;

namespace L4ReMusl.Rust;

/// <summary>Builds a standard library from its sources, with cargo and without network access.</summary>
/// <remarks>
/// It builds a small crate that depends on the library, and keeps the dependencies. Building the sources' own workspace would
/// need crates that only its tests use, and so would cargo's <c>-Z build-std</c> (rust-lang/wg-cargo-std-aware, issue 23).
/// </remarks>
/// <param name="runner">Runs cargo.</param>
/// <param name="display">Shows progress.</param>
public sealed class RustStdBuild(ToolRunner runner, ProgressDisplay display)
{
    // Crates in the library's sources, under the names by which other crates depend on them; the last only since Rust 1.89.
    static readonly (string Crate, string Folder)[] Patches =
    [
        ("rustc-std-workspace-core", "rustc-std-workspace-core"),
        ("rustc-std-workspace-alloc", "rustc-std-workspace-alloc"),
        ("rustc-std-workspace-std", "rustc-std-workspace-std"),
        ("compiler_builtins", "compiler-builtins/compiler-builtins"),
    ];

    /// <summary>The flags for rustc, besides those that hide this machine's paths.</summary>
    public const string Flags = "-Cforce-unwind-tables=yes\u001f-Cembed-bitcode=no\u001f-Zforce-unstable-if-unmarked";

    /// <summary>The crate that depends on the library.</summary>
    public const string Manifest = """
        [package]
        name = "l4re_sysroot"
        version = "0.0.0"
        edition = "2021"

        [dependencies]
        std = { path = 'library/std', features = ['panic-unwind', 'backtrace'] }
        sysroot = { path = 'library/sysroot' }

        # One function an object: a linker must be able to leave out any of them (compiler-builtins, README).
        [profile.release.package.compiler_builtins]
        codegen-units = 10000

        # Members would want the crates of their tests.
        [workspace]
        exclude = ["library"]

        [patch.crates-io]
        windows-sys = { path = 'windows-sys' }

        """;

    /// <summary>Builds the library.</summary>
    /// <param name="rust">The compiler.</param>
    /// <param name="source">The sources, of the compiler's version.</param>
    /// <param name="target">The target to build for.</param>
    /// <param name="work">A folder to work in; it is created here, and the caller removes it.</param>
    /// <param name="libraries">The folder for the compiled crates.</param>
    /// <param name="logFile">The file for cargo's output.</param>
    /// <exception cref="BuildException">It does not compile.</exception>
    public void Run(
        RustToolchain rust, RustLibrarySource source, RustTarget target, string work, string libraries, string logFile)
    {
        // A copy in the crate's folder: cargo then hashes relative paths, and the result does not depend on where it is built.
        FileTree.Copy(source.Library, Path.Combine(work, "library"));
        WriteCrate(work, source);
        using var log = new CommandLog(runner, logFile);
        using var progress = display.Start($"Building Rust's standard library for {target.Name}", "crates");
        var crates = 0;
        string[] arguments =
        [
            "build", "--release", "--offline", "--color", "never", "--target", target.Name,
            "--config", "source.crates-io.replace-with = 'vendored'",
            "--config", $"source.vendored.directory = '{source.Vendor}'",
        ];
        log.Run(
            $"build Rust's standard library for {target.Name}",
            new ToolInvocation(rust.Cargo, arguments)
            {
                WorkingDirectory = work,
                Environment = Variables(rust, source, work),
                SharesJobs = true,
            },
            line =>
            {
                if (line.TrimStart().StartsWith("Compiling ", StringComparison.Ordinal))
                    progress.Report(new WorkProgress(++crates, 0));
            });

        foreach (var file in Directory.EnumerateFiles(Path.Combine(work, "target", target.Name, "release", "deps"), "lib*.rlib"))
        {
            if (!Path.GetFileName(file).StartsWith("libl4re_sysroot-", StringComparison.Ordinal))
                File.Copy(file, Path.Combine(libraries, Path.GetFileName(file)));
        }
    }

    // The standard library uses features that only nightly compilers accept; RUSTC_BOOTSTRAP makes a stable one accept them.
    static Dictionary<string, string> Variables(RustToolchain rust, RustLibrarySource source, string work) => new(rust.Variables)
    {
        ["RUSTC_BOOTSTRAP"] = "1",
        ["CARGO_TARGET_DIR"] = Path.Combine(work, "target"),
        ["__CARGO_DEFAULT_LIB_METADATA"] = "l4re-musl",
        ["CARGO_ENCODED_RUSTFLAGS"] = string.Join(
            '\u001f',
            Flags,
            $"--remap-path-prefix={source.Vendor}=/rustc/{rust.Version}/vendor",
            $"--remap-path-prefix={work}=/rustc/{rust.Version}"),
    };

    static void WriteCrate(string work, RustLibrarySource source)
    {
        Write(Path.Combine(work, "src", "lib.rs"), "");
        Write(Path.Combine(work, "windows-sys", "src", "lib.rs"), "");
        // A dependency only on Windows, which Debian does not ship; cargo requires its manifest anyway.
        Write(Path.Combine(work, "windows-sys", "Cargo.toml"), $"""
            [package]
            name = "windows-sys"
            version = "{RustLock.VersionOf(source.LockFile, "windows-sys") ?? "0.60.2"}"
            edition = "2021"

            [features]
            Win32_Foundation = []
            Win32_System_Memory = []
            Win32_System_SystemInformation = []
            Win32_System_Threading = []
            """);
        var patches = Patches.Where(patch => Directory.Exists(Path.Combine(source.Library, patch.Folder)));
        var lines = patches.Select(patch => $"{patch.Crate} = {{ path = 'library/{patch.Folder}' }}");
        Write(Path.Combine(work, "Cargo.toml"), Manifest + string.Join('\n', lines));
        File.Copy(source.LockFile, Path.Combine(work, "Cargo.lock"));
    }

    static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text + "\n");
    }
}
