using L4ReMusl.Backend;
using L4ReMusl.Machines;

namespace L4ReMusl.Rust;

/// <summary>What cargo must be told to build a program without <c>std</c> for a target, on a prefix of the flavour l4re.</summary>
/// <param name="Target">The target.</param>
/// <param name="Prefix">The staged prefix of the flavour.</param>
/// <param name="Sysroot">The sysroot with <c>core</c> and <c>alloc</c>.</param>
public sealed record NativeSettings(RustTarget Target, string Prefix, string Sysroot)
{
    Architecture Architecture => Target.Architecture;

    /// <summary>The program that links.</summary>
    public string Linker => FlavourCompiler.PathIn(Prefix, Architecture);

    /// <summary>The flags of rustc.</summary>
    /// <remarks>
    /// The start files and the libraries behind the program are the linker's, which knows the backend: rustc would bring start files of
    /// its own, and by default tells the linker to bring no library.
    /// </remarks>
    public IReadOnlyList<string> Flags =>
    [
        "--sysroot", Sysroot, "-Ctarget-feature=+crt-static", "-Crelocation-model=static", "-Clink-self-contained=no", "-Cdefault-linker-libraries=yes",
    ];

    /// <summary>A file of cargo's configuration for several targets.</summary>
    /// <param name="targets">Their settings.</param>
    /// <param name="compiler">The path of rustc, if it is not the one in PATH that the libraries are for.</param>
    public static string ForCargo(IReadOnlyList<NativeSettings> targets, string? compiler) =>
        "# Settings for cargo, for programs without std on the flavour l4re: cargo --config out/rust/l4re.toml build --release --target TARGET\n"
        + "# The backend: L4RE_MUSL_BACKEND=NAME, or after 'cargo rustc ... --': -Clink-arg=--backend=NAME\n"
        + RustEnvironment.Compiler(compiler)
        + string.Concat(targets.Select(settings => $"""

            [target.{settings.Target.Name}]
            linker = {RustEnvironment.Quote(settings.Linker)}
            rustflags = [{string.Join(", ", settings.Flags.Select(RustEnvironment.Quote))}]

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
