using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Rust;

/// <summary>
/// Calls cargo with the settings for the staged prefixes, as <c>cargo --config out/rust/config.toml</c> does.
/// </summary>
/// <param name="repository">The folder of the repository, with its crates.</param>
/// <param name="rust">The compiler.</param>
/// <param name="toolchainOf">The C compiler behind the prefix of a target.</param>
public sealed class Cargo(string repository, RustToolchain rust, Func<RustTarget, Toolchain> toolchainOf)
{
    /// <summary>The settings for targets, in the forms that people and programs read.</summary>
    /// <param name="targets">The settings.</param>
    /// <param name="usual">The compiler that cargo uses by default; <see langword="null"/> if there is none.</param>
    public RustEnvironment Environment(IEnumerable<RustSettings> targets, string? usual) =>
        new([.. targets], CompilerUnless(usual));

    /// <summary>The settings for programs of the l4re flavour, as a configuration file for cargo.</summary>
    /// <param name="targets">The settings.</param>
    /// <param name="usual">The compiler that cargo uses by default; <see langword="null"/> if there is none.</param>
    public string NativeEnvironment(IEnumerable<NativeSettings> targets, string? usual) =>
        NativeSettings.ForCargo([.. targets], CompilerUnless(usual));

    /// <summary>A call that works on this repository's crates, without network access.</summary>
    /// <param name="targets">The settings of the targets to build for.</param>
    /// <param name="output">The folder for compiled files; the settings for cargo are written beside it.</param>
    /// <param name="arguments">A subcommand and its arguments.</param>
    public ToolInvocation Invocation(IReadOnlyList<RustSettings> targets, string output, params string[] arguments) =>
        Invocation(Environment(targets, rust.Compiler).ForCargo, targets.Select(settings => settings.Target), output, arguments);

    /// <summary>A call that works on this repository's crates for the l4re flavour, without network access.</summary>
    /// <param name="target">The settings of the target to build for.</param>
    /// <param name="output">The folder for compiled files; the settings for cargo are written beside it.</param>
    /// <param name="arguments">A subcommand and its arguments.</param>
    public ToolInvocation NativeInvocation(NativeSettings target, string output, params string[] arguments) =>
        Invocation(NativeEnvironment([target], rust.Compiler), [target.Target], output, arguments);

    string? CompilerUnless(string? usual) => rust.Compiler == usual ? null : rust.Compiler;

    ToolInvocation Invocation(string configuration, IEnumerable<RustTarget> targets, string output, string[] arguments)
    {
        var settings = $"{output}.toml";
        AtomicFile.Write(settings, configuration);
        return new ToolInvocation(rust.Cargo, ["--config", settings, "--color", "never", "--offline", "--locked", .. arguments])
        {
            WorkingDirectory = repository,
            Environment = new Dictionary<string, string>(rust.Variables.Concat(CrossPrefixes(targets)))
            {
                ["CARGO_TARGET_DIR"] = output,
            },
        };
    }

    // rustc links with the compiler wrappers, which read these variables.
    IEnumerable<KeyValuePair<string, string>> CrossPrefixes(IEnumerable<RustTarget> targets) =>
        from target in targets.DistinctBy(target => target.Architecture)
        select KeyValuePair.Create(target.Architecture.CrossVariable, toolchainOf(target).Prefix);
}
