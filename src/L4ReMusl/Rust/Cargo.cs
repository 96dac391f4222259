using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Rust;

/// <summary>Calls cargo for the staged prefixes, as <c>cargo --config out/rust/config.toml</c> does.</summary>
/// <param name="layout">Where prefixes and standard libraries are.</param>
/// <param name="rust">The compiler.</param>
/// <param name="toolchainOf">The C compiler behind the prefix of a target.</param>
public sealed class Cargo(BuildLayout layout, RustToolchain rust, Func<RustTarget, Toolchain> toolchainOf)
{
    /// <summary>The settings for targets.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="usual">The compiler that is used where nothing is said; <see langword="null"/> if there is none.</param>
    public RustEnvironment Environment(IEnumerable<RustTarget> targets, string? usual) => new(
        [
            .. targets.Select(target =>
                new RustSettings(target, layout.Prefix(target.Architecture), layout.RustSysroot(target.Name))),
        ],
        rust.Compiler == usual ? null : rust.Compiler);

    /// <summary>The settings for programs of the flavour l4re, as a file of cargo's configuration.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="usual">The compiler that is used where nothing is said; <see langword="null"/> if there is none.</param>
    public string NativeEnvironment(IEnumerable<RustTarget> targets, string? usual) => NativeSettings.ForCargo(
        [
            .. targets.Select(target =>
                new NativeSettings(target, layout.L4RePrefix(target.Architecture), layout.RustSysroot(target.Name))),
        ],
        rust.Compiler == usual ? null : rust.Compiler);

    /// <summary>A call that works on this repository's crates, without a network.</summary>
    /// <param name="targets">The targets that it is about.</param>
    /// <param name="output">The folder of what is compiled; the settings for cargo are written beside it.</param>
    /// <param name="arguments">A subcommand, and what follows it.</param>
    public ToolInvocation Invocation(IReadOnlyList<RustTarget> targets, string output, params string[] arguments) =>
        Invocation(Environment(targets, rust.Compiler).ForCargo, targets, output, arguments);

    /// <summary>A call that works on this repository's crates for the flavour l4re, without a network.</summary>
    /// <param name="target">The target that it is about.</param>
    /// <param name="output">The folder of what is compiled; the settings for cargo are written beside it.</param>
    /// <param name="arguments">A subcommand, and what follows it.</param>
    public ToolInvocation NativeInvocation(RustTarget target, string output, params string[] arguments) =>
        Invocation(NativeEnvironment([target], rust.Compiler), [target], output, arguments);

    ToolInvocation Invocation(string configuration, IReadOnlyList<RustTarget> targets, string output, string[] arguments)
    {
        var settings = $"{output}.toml";
        AtomicFile.Write(settings, configuration);
        return new ToolInvocation(rust.Cargo, ["--config", settings, "--color", "never", "--offline", "--locked", .. arguments])
        {
            WorkingDirectory = layout.Root,
            Environment = new Dictionary<string, string>(rust.Variables.Concat(CrossPrefixes(targets)))
            {
                ["CARGO_TARGET_DIR"] = output,
            },
        };
    }

    // For the compiler wrappers, which link.
    IEnumerable<KeyValuePair<string, string>> CrossPrefixes(IEnumerable<RustTarget> targets) =>
        targets.DistinctBy(target => target.Architecture)
            .Select(target => KeyValuePair.Create(target.Architecture.CrossVariable, toolchainOf(target).Prefix));
}
