using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Rust;

/// <summary>A Rust compiler and its cargo.</summary>
/// <param name="Cargo">The path of cargo.</param>
/// <param name="Compiler">The path of rustc.</param>
/// <param name="Version">Its version, such as <c>1.95.0</c>.</param>
/// <param name="Sysroot">The folder of its own libraries.</param>
/// <param name="Identity">A text that differs between any two compilers that might generate different code.</param>
public sealed record RustToolchain(string Cargo, string Compiler, string Version, string Sysroot, string Identity)
{
    /// <summary>The folder of the toolchain's own libraries for a target; it need not exist.</summary>
    public string LibrariesFor(string target) => Path.Combine(Sysroot, "lib", "rustlib", target, "lib");

    /// <summary>Asks a toolchain about itself.</summary>
    /// <param name="cargo">Its cargo.</param>
    /// <param name="compiler">Its rustc.</param>
    /// <param name="tools">Runs them.</param>
    /// <exception cref="BuildException">A call of rustc failed, or its answer has no version.</exception>
    public static RustToolchain Ask(string cargo, string compiler, ToolRunner tools)
    {
        var about = tools.Run(new ToolInvocation(compiler, "-vV")).OrThrow($"ask '{compiler}' for its version").Output;
        var release = about.Split('\n')
            .FirstOrDefault(line => line.StartsWith("release: ", StringComparison.Ordinal))?["release: ".Length..].Trim();
        var sysroot = tools.Run(new ToolInvocation(compiler, "--print", "sysroot"))
            .OrThrow($"ask '{compiler}' for its sysroot").Output.Trim();
        return release is null
            ? throw new BuildException($"'{compiler}' does not report its version of Rust; put another rustc first in PATH.")
            : new RustToolchain(cargo, compiler, release, sysroot, Fingerprint.Sha256(about));
    }

    /// <summary>The variables that make its cargo use its own compiler.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string> { ["RUSTC"] = Compiler };
}
