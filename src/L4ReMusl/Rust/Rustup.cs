using L4ReMusl.Foundation.Processes;
using Serilog;

namespace L4ReMusl.Rust;

/// <summary>Adds to a toolchain of rustup's what it lacks, as a person would.</summary>
/// <param name="mayInstall">Whether anything may be installed on this host.</param>
/// <param name="tools">Runs rustup.</param>
/// <param name="log">Receives what is added.</param>
public sealed class Rustup(bool mayInstall, ToolRunner tools, ILogger log)
{
    const string Program = "rustup";

    /// <summary>
    /// Adds the standard library for a target or, where rustup has none, the sources to build it from.
    /// </summary>
    /// <param name="rust">The toolchain.</param>
    /// <param name="target">The target.</param>
    /// <returns>Whether something was added; not if rustup is not there, or the toolchain is not one of its own.</returns>
    public bool Add(RustToolchain rust, string target) => mayInstall && tools.Find(Program) is not null && Owns(rust)
        && (Run("target", "add", "--toolchain", NameOf(rust), target)
            || Run("component", "add", "--toolchain", NameOf(rust), "rust-src"));

    bool Owns(RustToolchain rust)
    {
        var which = tools.Run(new ToolInvocation(Program, "which", "--toolchain", NameOf(rust), "rustc"));
        return which.Succeeded && Path.GetFullPath(which.Output.Trim()) == Path.Combine(rust.Sysroot, "bin", "rustc");
    }

    bool Run(params string[] arguments)
    {
        var command = $"{Program} {string.Join(' ', arguments)}";
        log.Information("Rust lacks a standard library for the target; running '{Command}'", command);
        var result = tools.Run(new ToolInvocation(Program, arguments) { Timeout = TimeSpan.FromMinutes(10) });
        if (!result.Succeeded)
            log.Warning("'{Command}' failed: {Reason}", command, ReasonIn(result.Error));
        return result.Succeeded;
    }

    // Notes come before the reason, and causes after it.
    static string ReasonIn(string error) =>
        Array.Find(error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal)) ?? error.Trim();

    // rustup keeps each toolchain in a folder of its name, such as stable-x86_64-unknown-linux-gnu.
    static string NameOf(RustToolchain rust) => Path.GetFileName(rust.Sysroot);
}
