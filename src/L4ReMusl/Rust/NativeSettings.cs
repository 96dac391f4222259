using L4ReMusl.Backend;
using L4ReMusl.Machines;

namespace L4ReMusl.Rust;

/// <summary>The settings with which cargo builds a program without <c>std</c> on a prefix of the l4re flavour.</summary>
/// <param name="Target">The target.</param>
/// <param name="Prefix">The staged prefix of the flavour.</param>
/// <param name="Sysroot">The sysroot with <c>core</c> and <c>alloc</c>.</param>
public sealed record NativeSettings(RustTarget Target, string Prefix, string Sysroot)
{
    Architecture Architecture => Target.Architecture;

    /// <summary>The path of the linker.</summary>
    public string Linker => FlavourCompiler.PathIn(Prefix, Architecture);

    /// <summary>The flags for rustc.</summary>
    /// <remarks>
    /// The linker provides the start files and the libraries, because it knows the backend. By default, rustc would add its
    /// own start files and tell the linker to leave out the default libraries.
    /// </remarks>
    public IReadOnlyList<string> Flags =>
    [
        "--sysroot",
        Sysroot,
        "-Ctarget-feature=+crt-static",
        "-Crelocation-model=static",
        "-Clink-self-contained=no",
        "-Cdefault-linker-libraries=yes",
    ];

    /// <summary>A configuration file for cargo, for several targets.</summary>
    /// <param name="targets">Their settings.</param>
    /// <param name="compiler">The path of the rustc that the libraries are for, if it is not the one in PATH.</param>
    public static string ForCargo(IReadOnlyList<NativeSettings> targets, string? compiler) =>
        "# Settings for cargo, for programs without std on the flavour l4re: "
        + "cargo --config out/rust/l4re.toml build --release --target TARGET\n"
        + "# The backend: L4RE_MUSL_BACKEND=NAME, or after 'cargo rustc ... --': -Clink-arg=--backend=NAME\n"
        + RustEnvironment.Compiler(compiler)
        + string.Concat(targets.Select(settings => $"""

            [target.{settings.Target.Name}]
            linker = {RustEnvironment.Quote(settings.Linker)}
            rustflags = [{string.Join(", ", settings.Flags.Select(RustEnvironment.Quote))}]
            rustdocflags = [{string.Join(", ", settings.Flags.Select(RustEnvironment.Quote))}]

            """))
        + """

            # There is nothing to unwind with.
            [profile.dev]
            panic = "abort"

            # Symbols stay: they tell which system calls are linked.
            [profile.release]
            panic = "abort"
            strip = "debuginfo"

            # What build scripts read. A variable of the real environment counts more.
            [env]

            """
        + string.Concat(targets
            .SelectMany(settings => RustSettings.PrefixVariables(settings.Architecture, settings.Prefix))
            .Distinct()
            .Select(variable => $"{variable.Name} = {RustEnvironment.Quote(variable.Value)}\n"));
}
