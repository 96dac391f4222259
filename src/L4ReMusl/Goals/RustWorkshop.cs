using L4ReMusl.Components;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Rust;
using L4ReMusl.Stages;
using Serilog;

namespace L4ReMusl.Goals;

/// <summary>All that this build does with Rust, for the compiler that can be used: the user's, or else the distribution's.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="sources">Has the sources of standard libraries.</param>
/// <param name="build">Makes standard libraries.</param>
/// <param name="toolchainOf">The C compiler for a target.</param>
/// <param name="runner">Runs tools.</param>
/// <param name="log">Is told which compiler is used, and why.</param>
public sealed class RustWorkshop(
    BuildLayout layout, RustSourceStore sources, RustStdBuild build, Func<RustTarget, Toolchain> toolchainOf, ToolRunner runner, ILogger log)
{
    RustToolchain? chosen;

    /// <summary>The compiler.</summary>
    /// <exception cref="BuildException">There is none.</exception>
    public RustToolchain Toolchain => chosen ??= Choose();

    // Remembers that there is nothing to make a library of for a compiler, so that a later run does not look again.
    string NoteOn(RustToolchain rust) => Path.Combine(layout.RustSources, $"no-source-{rust.Identity[..16]}");

    /// <summary>The stage that makes the standard library for a target.</summary>
    public RustStdStage StdOf(RustTarget target) => new(layout, target, Toolchain, toolchainOf(target), sources, build, runner);

    /// <summary>Makes the standard libraries; if the compiler has no sources to make them of, with the distribution's compiler.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="run">Brings the result of a stage up to date.</param>
    /// <param name="install">Installs packages; returns whether it could.</param>
    /// <exception cref="BuildException">There is no way.</exception>
    public IReadOnlyList<StageReport> PrepareStd(IReadOnlyList<RustTarget> targets, Func<IStage, StageReport> run, Func<IReadOnlyList<string>, bool> install)
    {
        try
        {
            return [.. targets.Select(target => run(StdOf(target)))];
        }
        catch (RustSourceMissingException e)
        {
            var first = Toolchain;
            log.Warning("{Reason:l}", e.Message.Split('\n')[0]);
            log.Information("Trying the distribution's own compiler instead");
            if (DistributionRust.FindWithSources(runner) is null && !install(DistributionRust.Packages))
                throw;
            chosen = DistributionRust.FindWithSources(runner);
            if (chosen is null)
                throw;
            var reports = targets.Select(target => run(StdOf(target))).ToList();
            AtomicFile.Write(NoteOn(first), e.Message);
            return reports;
        }
    }

    /// <summary>Writes the settings for cargo as <c>env.sh</c> and <c>config.toml</c>.</summary>
    public RustEnvironment WriteEnvironment(IReadOnlyList<RustTarget> targets)
    {
        var environment = Cargo.Environment(targets, runner.Find("rustc"));
        AtomicFile.Write(Path.Combine(layout.Rust, "env.sh"), environment.ForShell);
        AtomicFile.Write(Path.Combine(layout.Rust, "config.toml"), environment.ForCargo);
        return environment;
    }

    /// <summary>Writes the settings for cargo for programs of the flavour l4re, as <c>l4re.toml</c>.</summary>
    public void WriteNativeEnvironment(IReadOnlyList<RustTarget> targets) =>
        AtomicFile.Write(Path.Combine(layout.Rust, "l4re.toml"), Cargo.NativeEnvironment(targets, runner.Find("rustc")));

    /// <summary>Runs the tests of <c>l4re-libc</c> for each target.</summary>
    public IReadOnlyList<Figure> Test(IEnumerable<RustTarget> targets)
    {
        var tests = new RustTestRun(layout, Cargo, runner);
        return [.. targets.Select(target => new Figure(
            target.Name, string.Join(", ", tests.Run(target).Select(result => $"{result.Suite} {result.Passed} passed"))))];
    }

    /// <summary>Builds the programs without <c>std</c>, and runs them on each backend that runs on any machine.</summary>
    /// <param name="natives">Build them.</param>
    /// <param name="run">Brings the result of a stage up to date.</param>
    public IReadOnlyList<Figure> TestNative(IEnumerable<NativeCrateStage> natives, Func<IStage, StageReport> run) =>
    [
        .. natives.Select(native =>
        {
            run(native);
            return new NativeCrateTest(native.Target.Architecture, native.Output, runner).Run();
        }),
    ];

    /// <summary>The stage that builds a program without <c>std</c> for the flavour l4re.</summary>
    /// <param name="target">What it is for.</param>
    /// <param name="prefix">The inputs of the flavour's prefix.</param>
    /// <param name="backends">The backends to build it for.</param>
    public NativeCrateStage NativeOf(RustTarget target, Fingerprint prefix, IReadOnlyList<string> backends) =>
        new(layout, target, prefix, backends, () => StdOf(target), () => Cargo, runner);

    /// <summary>How to build a crate as a component.</summary>
    public CrateRecipe RecipeOf(string crate, RustTarget target) => new(layout, crate, target, () => StdOf(target), () => Cargo, runner);

    Cargo Cargo => new(layout, Toolchain, toolchainOf);

    RustToolchain Choose()
    {
        if (runner.Find("cargo") is not { } cargo || runner.Find("rustc") is not { } compiler)
            throw new BuildException("There is no Rust compiler in PATH; install one with rustup (https://rustup.rs), or the distribution's (Debian: "
                + $"{string.Join(' ', DistributionRust.Packages)}).");
        var own = RustToolchain.Ask(cargo, compiler, runner);
        return File.Exists(NoteOn(own)) && DistributionRust.FindWithSources(runner) is { } distribution ? distribution : own;
    }
}
