using L4ReMusl.HostTools;
using L4ReMusl.Machines;
using L4ReMusl.Rust;
using L4ReMusl.Sources;

namespace L4ReMusl.Graph;

/// <summary>The stages of Rust: standard libraries, and a program without one for the l4re flavour.</summary>
/// <param name="context">What they work with.</param>
/// <param name="fetcher">Fetches archives.</param>
/// <param name="mirrors">The mirrors of Debian's archive.</param>
/// <param name="musl">The prefixes for Linux.</param>
/// <param name="flavour">The prefixes of the l4re flavour.</param>
/// <param name="installer">Installs the distribution's compiler.</param>
public sealed class RustGraph(
    BuildContext context,
    ArchiveFetcher fetcher,
    DebianMirrors mirrors,
    MuslGraph musl,
    L4ReFlavourGraph flavour,
    Lazy<PackageInstaller> installer)
{
    readonly Dictionary<RustTarget, RustStdStage> libraries = [];

    /// <summary>The Rust targets to build for.</summary>
    /// <exception cref="BuildException">The user named one without a prefix.</exception>
    public IReadOnlyList<RustTarget> Targets => field ??=
        RustTargets.Select(context.Settings.RustTargets, context.Settings.Architectures);

    /// <summary>Chooses the compiler.</summary>
    public RustChoice Choice => field ??= new(
        context.Layout,
        Sources,
        new Rustup(context.Settings.MayProvision && !context.Settings.Offline, context.Tools, context.Log),
        Distribution,
        installer,
        target => musl.Prefixes[target.Architecture].Toolchain,
        context.Tools,
        context.Log);

    /// <summary>Make the Rust program for the l4re flavour.</summary>
    public PerArchitecture<NativeCrateStage> Natives => field ??= new(architecture => new NativeCrateStage(
        context.Layout,
        flavour.Prefixes[architecture],
        flavour.BackendsFor(architecture),
        StdOf(TargetOf(architecture)),
        Choice,
        context.Tools));

    /// <summary>Makes the standard library for a target.</summary>
    public RustStdStage StdOf(RustTarget target)
    {
        if (!libraries.TryGetValue(target, out var stage))
        {
            var build = new RustStdBuild(context.Tools, context.Display);
            libraries[target] = stage = new RustStdStage(
                context.Layout, target, Choice, musl.Prefixes[target.Architecture], Sources, build, context.Tools);
        }

        return stage;
    }

    /// <summary>The settings for a target.</summary>
    public RustSettings SettingsOf(RustTarget target) =>
        new(target, musl.Prefixes[target.Architecture].Output, StdOf(target).Output)
        {
            HasCxx = context.Settings.HasCxx,
        };

    /// <summary>The settings for programs of the l4re flavour.</summary>
    public NativeSettings NativeSettingsOf(RustTarget target) =>
        new(target, flavour.Prefixes[target.Architecture].Output, StdOf(target).Output);

    DistributionRust Distribution => field ??= new(context.Tools);

    RustSourceStore Sources => field ??= new(
        context.Layout.RustSources,
        Distribution,
        new RustSourceArchive(context.Layout.Kernels, mirrors, context.Settings.Offline, context.Tools, context.Log),
        fetcher,
        context.Tools,
        context.Display,
        context.Log);

    RustTarget TargetOf(Architecture architecture) =>
        Targets.FirstOrDefault(target => target.Architecture == architecture) ?? RustTargets.Of(architecture);
}
