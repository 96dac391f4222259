namespace L4ReMusl.Rust;

/// <summary>The settings of several targets in the forms that people and programs read.</summary>
/// <param name="targets">The settings.</param>
/// <param name="compiler">The path of the rustc that the libraries are for, if it is not the one in PATH.</param>
public sealed class RustEnvironment(IReadOnlyList<RustSettings> targets, string? compiler = null)
{
    /// <summary>The variables of all targets, by name.</summary>
    /// <remarks>
    /// Each is for one target. <c>LIBRARY_PATH</c> is not among them: the host's compiler reads it as well, and would link
    /// the build scripts of crates with the prefix's start files.
    /// </remarks>
    /// <exception cref="BuildException">A path contains a space, at which cargo splits the values of variables.</exception>
    public IReadOnlyList<(string Name, string Value)> Variables
    {
        get
        {
            if (HasBlank)
            {
                throw new BuildException(
                    "cargo cannot take paths with spaces from environment variables; "
                    + "use the file config.toml, with 'cargo --config'.");
            }

            return
            [
                .. compiler is null ? Array.Empty<(string, string)>() : [("RUSTC", compiler), ("RUSTDOC", Rustdoc(compiler))],
                .. targets.SelectMany(settings => settings.Variables.Concat(
                [
                    ($"CARGO_TARGET_{settings.Target.Variable}_LINKER", settings.Linker),
                    ($"CARGO_TARGET_{settings.Target.Variable}_RUNNER", settings.Runner),
                    ($"CARGO_TARGET_{settings.Target.Variable}_RUSTFLAGS", string.Join(' ', settings.Flags)),
                    ($"CARGO_TARGET_{settings.Target.Variable}_RUSTDOCFLAGS", string.Join(' ', settings.Flags)),
                ])),
            ];
        }
    }

    /// <summary>Whether a path contains a space.</summary>
    public bool HasBlank => targets.Any(settings => $"{settings.Prefix}{settings.Sysroot}".Any(char.IsWhiteSpace));

    /// <summary>A file to be sourced by a shell.</summary>
    public string ForShell => "# Settings for cargo; source this file: . out/rust/env.sh\n" + (HasBlank
        ? "echo 'cargo cannot take paths with spaces from environment variables; use: cargo --config out/rust/config.toml' >&2\n"
        : string.Concat(Variables.Select(variable => $"export {variable.Name}='{variable.Value}'\n")));

    /// <summary>A configuration file for cargo (The Cargo Book, "Configuration").</summary>
    public string ForCargo =>
        "# Settings for cargo: cargo --config out/rust/config.toml, or 'include' in a configuration of your own.\n"
        + Compiler(compiler)
        + string.Concat(targets.Select(settings => $"""

            [target.{settings.Target.Name}]
            linker = {Quote(settings.Linker)}
            runner = [{Quote(settings.Runner)}]
            rustflags = [{string.Join(", ", settings.Flags.Select(Quote))}]
            rustdocflags = [{string.Join(", ", settings.Flags.Select(Quote))}]

            """))
        + "\n# What build scripts read. A variable of the real environment counts more.\n[env]\n"
        + string.Concat(targets
            .SelectMany(settings => settings.Variables)
            .Select(variable => $"{variable.Name} = {Quote(variable.Value)}\n"));

    /// <summary>Lines for the file that GitHub Actions names in <c>GITHUB_ENV</c>.</summary>
    public IEnumerable<string> ForGitHub => Variables.Select(variable => $"{variable.Name}={variable.Value}");

    /// <summary>Lines that Azure Pipelines reads as commands when they are printed.</summary>
    public IEnumerable<string> ForAzure =>
        Variables.Select(variable => $"##vso[task.setvariable variable={variable.Name}]{variable.Value}");

    /// <summary>The lines in cargo's configuration that name the compiler, if it is not the usual one.</summary>
    internal static string Compiler(string? compiler) =>
        compiler is null ? "" : $"\n[build]\nrustc = {Quote(compiler)}\nrustdoc = {Quote(Rustdoc(compiler))}\n";

    // Doc tests are compiled by rustdoc, which cargo would look for in PATH.
    static string Rustdoc(string compiler) => Path.Combine(Path.GetDirectoryName(compiler)!, "rustdoc");

    /// <summary>A basic string of TOML.</summary>
    internal static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
