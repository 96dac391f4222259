using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;
using L4ReMusl.Musl;

namespace L4ReMusl.Rust;

/// <summary>The settings with which cargo builds for a target, and runs the programs in emulation.</summary>
/// <param name="Target">The target.</param>
/// <param name="Prefix">The staged prefix.</param>
/// <param name="Sysroot">The sysroot with the standard library.</param>
public sealed record RustSettings(RustTarget Target, string Prefix, string Sysroot)
{
    /// <summary>Whether the prefix has C++.</summary>
    public bool HasCxx { get; init; }

    Architecture Architecture => Target.Architecture;

    /// <summary>The path of the linker.</summary>
    public string Linker => Tool("gcc");

    /// <summary>The path of the program that runs built programs.</summary>
    public string Runner => Tool("run");

    /// <summary>
    /// The flags for rustc, whose musl targets link statically by default, and for rustdoc, which compiles doc tests.
    /// </summary>
    public IReadOnlyList<string> Flags => ["--sysroot", Sysroot, "-Ctarget-feature=-crt-static"];

    /// <summary>
    /// The variables that crates' build scripts read: those of <c>l4re-libc</c>, <c>pkg-config</c>, <c>cc</c>, <c>cmake</c> and
    /// <c>bindgen</c>.
    /// </summary>
    public IReadOnlyList<(string Name, string Value)> Variables
    {
        get
        {
            var target = Target.Underscored;
            return
            [
                .. PrefixVariables(Architecture, Prefix),
                ($"PKG_CONFIG_{target}", Tool("pkg-config")),
                ($"PKG_CONFIG_ALLOW_CROSS_{target}", "1"),
                ($"PKG_CONFIG_LIBDIR_{target}", Path.Combine(Prefix, "lib", "pkgconfig")),
                ($"CC_{target}", Linker),
                .. HasCxx ? [($"CXX_{target}", Tool("g++"))] : Array.Empty<(string, string)>(),
                ($"AR_{target}", Tool("ar")),
                ($"RANLIB_{target}", Tool("ranlib")),
                ($"CMAKE_TOOLCHAIN_FILE_{target}", Path.Combine(Prefix, "share", "l4re-musl", "toolchain.cmake")),
                ($"BINDGEN_EXTRA_CLANG_ARGS_{target}", string.Join(' ', ClangArguments)),
            ];
        }
    }

    /// <summary>
    /// The variables by which <c>l4re-libc</c> finds a prefix: one with Rust's name of the architecture, and one with ours.
    /// </summary>
    internal static IEnumerable<(string Name, string Value)> PrefixVariables(Architecture architecture, string prefix) =>
        new[] { architecture.Rust.Architecture, architecture.Name }
            .Select(name => ($"L4RE_LIBC_MUSL_PREFIX_{name.ToUpperInvariant()}", prefix))
            .Distinct();

    // bindgen reads headers with libclang, which would take the host's. With -isystem, musl's come before clang's own, as musl
    // requires. The folder with the kernel's headers need not exist. bindgen splits the variable as a shell does.
    IEnumerable<string> ClangArguments =>
    [
        $"--target={Target.Name}",
        "-nostdlibinc",
        .. new[] { $"--sysroot={Prefix}", $"-isystem{Prefix}/include", $"-isystem{Prefix}/{KernelHeadersFolder.Name}" }
            .Select(word => word.Any(char.IsWhiteSpace) ? ShellWord.Quote(word) : word),
    ];

    string Tool(string name) => Path.Combine(Prefix, "bin", $"{Architecture.Triple}-{name}");
}
