using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.HostTools;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using Serilog;

namespace L4ReMusl.Rust;

/// <summary>
/// Chooses the Rust compiler of a run: the user's, or Debian's if there is neither a standard library for the user's compiler
/// nor sources to build one.
/// </summary>
/// <param name="layout">Where the repository and the user's cache are.</param>
/// <param name="sources">Finds the sources of standard libraries.</param>
/// <param name="rustup">Adds standard libraries.</param>
/// <param name="distribution">Finds Debian's compiler.</param>
/// <param name="installer">Installs Debian's compiler; created only if it is needed.</param>
/// <param name="toolchainOf">The C compiler for a target.</param>
/// <param name="runner">Runs tools.</param>
/// <param name="log">Receives which compiler is used, and why.</param>
public sealed class RustChoice(
    BuildLayout layout,
    RustSourceStore sources,
    Rustup rustup,
    DistributionRust distribution,
    Lazy<PackageInstaller> installer,
    Func<RustTarget, Toolchain> toolchainOf,
    ToolRunner runner,
    ILogger log)
{
    readonly Lock gate = new();
    RustToolchain? chosen;

    /// <summary>The compiler.</summary>
    /// <exception cref="BuildException">There is none.</exception>
    public RustToolchain Toolchain
    {
        get
        {
            lock (gate)
                return chosen ??= Choose();
        }
    }

    /// <summary>Its cargo.</summary>
    public Cargo Cargo => new(layout.Root, Toolchain, toolchainOf);

    /// <summary>
    /// Makes sure that the compiler has a standard library for a target, or sources to build one; otherwise chooses another.
    /// </summary>
    /// <exception cref="RustSourceMissingException">Neither the user's compiler nor Debian's has them.</exception>
    public void Settle(RustTarget target)
    {
        lock (gate)
            SettleAlone(target);
    }

    void SettleAlone(RustTarget target)
    {
        if (Directory.Exists(Toolchain.LibrariesFor(target.Name)) || sources.FindHere(Toolchain) is not null)
            return;
        if (rustup.Add(Toolchain, target.Name) && Directory.Exists(Toolchain.LibrariesFor(target.Name)))
            return;
        var first = Toolchain;
        var isDistributions = distribution.Is(first);
        if (isDistributions && Install() && sources.FindHere(Toolchain) is not null)
            return;
        try
        {
            sources.Find(Toolchain, target.Name);
        }
        catch (RustSourceMissingException e) when (!isDistributions)
        {
            log.Warning("{Reason:l}", e.Message.Split('\n')[0]);
            log.Information("Trying the distribution's compiler instead");
            if (distribution.FindWithSources() is null)
                Install();
            if (distribution.FindWithSources() is not { } found)
                throw;
            chosen = found;
            AtomicFile.Write(NoteOn(first), e.Message);
        }
    }

    bool Install()
    {
        var verdict = installer.Value.TryInstall(DistributionRust.Packages);
        if (!verdict.IsGood)
            log.Warning("The distribution's compiler and its sources were not installed: {Reason:l}", verdict.Reason);
        chosen = null; // It may be another version now.
        return verdict.IsGood;
    }

    // Records that a compiler has no sources for its library, so that a later run does not look for them again.
    string NoteOn(RustToolchain rust) => Path.Combine(layout.RustSources, $"no-source-{rust.Identity[..16]}");

    RustToolchain Choose()
    {
        if (runner.Find("cargo") is not { } cargo || runner.Find("rustc") is not { } compiler)
        {
            throw new BuildException(
                "No Rust compiler is in PATH; install one with rustup (https://rustup.rs), or the distribution's (Debian: "
                + $"{string.Join(' ', DistributionRust.Packages)}).");
        }

        var own = RustToolchain.Ask(cargo, compiler, runner);
        return File.Exists(NoteOn(own)) && distribution.FindWithSources() is { } other ? other : own;
    }
}
