using L4ReMusl.Machines;

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

    /// <summary>The flags for rustc, whose musl targets link statically by default.</summary>
    public IReadOnlyList<string> Flags => ["--sysroot", Sysroot, "-Ctarget-feature=-crt-static"];

    /// <summary>
    /// The variables that crates' build scripts read: those of <c>l4re-libc</c>, <c>pkg-config</c> and <c>cc</c>.
    /// </summary>
    public IReadOnlyList<(string Name, string Value)> Variables
    {
        get
        {
            var target = Target.Name.Replace('-', '_');
            return
            [
                .. PrefixVariables(Architecture, Prefix),
                ($"PKG_CONFIG_ALLOW_CROSS_{target}", "1"),
                ($"PKG_CONFIG_LIBDIR_{target}", Path.Combine(Prefix, "lib", "pkgconfig")),
                ($"CC_{target}", Linker),
                .. HasCxx ? [($"CXX_{target}", Tool("g++"))] : Array.Empty<(string, string)>(),
                ($"AR_{target}", Tool("ar")),
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

    string Tool(string name) => Path.Combine(Prefix, "bin", $"{Architecture.Triple}-{name}");
}
