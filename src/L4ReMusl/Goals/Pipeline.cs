using L4ReMusl.Backend;
using L4ReMusl.Boot;
using L4ReMusl.CommandLine.Plans;
using L4ReMusl.Components;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Patching;
using L4ReMusl.Rust;
using L4ReMusl.Settings;
using L4ReMusl.Smoke;
using L4ReMusl.Stages;
using L4ReMusl.Versions;
using Serilog;

namespace L4ReMusl.Goals;

/// <summary>The whole chain, a method per target: what the build classes call.</summary>
public sealed class Pipeline
{
    readonly BuildSettings settings;
    readonly BuildLayout layout;
    readonly ProgressDisplay display;
    readonly ILogger log;
    readonly ToolEnvironment environment = ToolEnvironment.FromHost();
    readonly ToolRunner runner;
    readonly StageSet stages;
    readonly StageFolders folders;
    readonly StageRunner stageRunner;
    readonly BootWorkshop boots;
    readonly Dictionary<Architecture, StageReport> compiled = [];
    readonly HashSet<Architecture> targeted = [];
    IReadOnlyList<Flavour> flavours = [Flavour.Linux];
    OutputLock? outputLock;

    /// <summary>Makes a chain. Nothing is read, asked or written yet.</summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="root">The repository.</param>
    /// <param name="log">Is told what is done and why.</param>
    /// <param name="display">Shows progress.</param>
    public Pipeline(BuildSettings settings, string root, ILogger log, ProgressDisplay display)
    {
        (this.settings, this.log, this.display) = (settings, log, display);
        layout = new BuildLayout(root, settings.CacheFolder);
        runner = new ToolRunner(environment);
        stages = new StageSet(settings, layout, runner, display, log);
        folders = new StageFolders(layout.Output);
        stageRunner = new StageRunner(folders, new ResultCache(layout.CompiledResults, log), log);
        boots = new BootWorkshop(settings, layout, stages, Run, runner, display, log);
    }

    /// <summary>Checks what only the repository's own data can tell: that the version of musl is known, and its series complete.</summary>
    /// <param name="targets">The targets that will run; that they can is checked as well.</param>
    /// <exception cref="BuildException">It is not.</exception>
    public void Validate(IReadOnlyCollection<string> targets)
    {
        if (!targets.Contains("AddVersion")) // Which makes them known.
            _ = (stages.Archive, stages.Series);
        _ = (stages.L4ReSeries, stages.Components, stages.RustTargets);
        flavours = FlavourSelection.For(settings.Flavours, targets, settings.Tree is not null);
        if (flavours.Contains(Flavour.L4Re))
            BackendLibrary.Validate(settings.Architectures);
        if (targets.Contains("Run"))
            boots.Session.Validate();
        if (targets.Contains("Image") || IsBootTested(targets))
            BootSetStage.Validate(settings.Architectures, settings.ImageFormats.Select(format => format.Name), stages.Components);
    }

    /// <summary>Whether the user selected an architecture.</summary>
    public bool IsSelected(string architecture) => Selected(architecture) is not null;

    /// <summary>Brings the host tools for some targets, and checks the compilers that will be used.</summary>
    public IReadOnlyList<Figure> Provision(IReadOnlyCollection<string> targets)
    {
        var needs = TargetNeeds.Of(targets);
        var provisioner = new Provisioner(new HostInventory(runner), AptGet, Host, log);
        var result = provisioner.Provision(
            [.. Tools(needs), .. ToolsToBootWith(targets), .. ToolsOfNativeRust(targets)],
            WhyNotToInstall, layout.Log("provision"));
        if (needs.Contains(ToolNeed.Compile))
            VerifyCompilers();
        return
        [
            new Figure("tools", $"{result.Tools.Count(tool => tool.Path is not null)}"),
            new Figure("installed", result.Installed.Count == 0 ? "none" : string.Join(" ", result.Installed)),
        ];
    }

    /// <summary>The table of all host tools.</summary>
    public string Doctor() => ToolTable.Render(new HostInventory(runner).Inspect(Tools(Enum.GetValues<ToolNeed>())));

    /// <summary>Brings the archive of musl into the cache.</summary>
    public IReadOnlyList<Figure> Fetch()
    {
        using var progress = display.Start(stages.Archive.FileName, ProgressLine.Bytes);
        var fetched = stages.Fetcher.Fetch(stages.Archive, progress);
        return
        [
            new Figure("version", fetched.Archive.Version),
            new Figure("from", fetched.Origin),
            new Figure("SHA-256", "good"),
            new Figure("signature", fetched.SignatureNote),
        ];
    }

    /// <summary>Makes a version of musl known to the build.</summary>
    /// <returns>What was found out about it.</returns>
    public string AddVersion()
    {
        Lock();
        return string.Join(Environment.NewLine, new VersionAdder(layout, settings.Mirrors, settings.Offline, runner).Add(settings.MuslVersion).Lines());
    }

    /// <summary>The patch series of the selected flavours, as text.</summary>
    public string ListPatches() => string.Join(Environment.NewLine, PatchListing.Lines(
        flavours.Contains(Flavour.L4Re) ? new PatchSeries([.. stages.Series.Patches, .. stages.L4ReSeries.Patches]) : stages.Series));

    /// <summary>Compares what is shipped with advisories, and shows what became of each.</summary>
    /// <exception cref="BuildException">One is open.</exception>
    public IReadOnlyList<Figure> Audit()
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var report = stages.Sboms.Audit(settings.Architectures, settings.Advisories, today, note => log.Information("{Note:l}", note));
        log.Information("Advisories:{NewLine:l}{Table:l}", Environment.NewLine, report.Table);
        report.ThrowIfOpen();
        return report.Figures;
    }

    /// <summary>Makes the patched source trees.</summary>
    public IReadOnlyList<StageReport> Patch() => [.. stages.Sources(flavours).Select(Run)];

    /// <summary>Compiles musl for one of the selected architectures.</summary>
    public IReadOnlyList<StageReport> Compile(string architecture) => Compile(Selected(architecture)!);

    List<StageReport> Compile(Architecture architecture)
    {
        targeted.Add(architecture);
        List<StageReport> reports = [.. stages.For(architecture).Compiles(flavours).Select(Run)];
        if (flavours.Contains(Flavour.Linux))
            compiled[architecture] = reports[0];
        return reports;
    }

    /// <summary>Makes the prefixes, and first compiles musl for those architectures that no target has compiled it for.</summary>
    public IReadOnlyList<StageReport> Stage() =>
    [
        .. settings.Architectures.Except(targeted).ToList().SelectMany(Compile),
        .. settings.Architectures.SelectMany(architecture => stages.For(architecture).Prefixes(flavours)).Select(Run),
    ];

    /// <summary>Installs the L4Re packages; where the user has an L4Re, the one for it there as well.</summary>
    public IReadOnlyList<StageReport> Package() => [.. RunEach(a => a.Package), .. stages.L4Re is { } l4re ? [l4re.Install()] : (StageReport[])[]];

    /// <summary>Prepares Rust's standard library for the selected targets.</summary>
    public IReadOnlyList<StageReport> PrepareRustStd() => stages.Rust.PrepareStd(stages.RustTargets, Run, Install);

    /// <summary>Writes the settings for cargo, and hands them to the CI system that this runs on.</summary>
    /// <returns>The settings, to be shown.</returns>
    public string WriteRustEnvironment()
    {
        var environment = stages.Rust.WriteEnvironment(stages.RustTargets);
        if (flavours.Contains(Flavour.L4Re))
            stages.Rust.WriteNativeEnvironment(stages.RustTargets);
        new CiEnvironment(Environment.GetEnvironmentVariable, display.Writer).Publish(environment);
        return environment.ForShell;
    }

    /// <summary>Runs the tests of the crate <c>l4re-libc</c> on the staged prefixes, and a program without <c>std</c> on those of the flavour l4re.</summary>
    public IReadOnlyList<Figure> TestRust() =>
        [.. stages.Rust.Test(stages.RustTargets), .. flavours.Contains(Flavour.L4Re) ? stages.Rust.TestNative(stages.RustNatives, Run) : []];

    /// <summary>Builds the components, and shows what became of each.</summary>
    public ComponentBuilder CompileComponents()
    {
        if (stages.Components.Any(component => component.Crate is not null))
            stages.Rust.PrepareStd([.. settings.Architectures.Select(RustTargets.Of)], Run, Install);
        var builder = new ComponentBuilder(Run);
        foreach (var architecture in settings.Architectures)
        {
            builder.AddMusl(architecture, settings.MuslVersion, compiled.GetValueOrDefault(architecture) ?? Run(stages.For(architecture).Compile));
            builder.Build(architecture, stages.For(architecture).Components);
        }

        log.Information("Components:{NewLine:l}{Table:l}", Environment.NewLine,
            ComponentTable.Render(stages.ComponentCatalogue.Names, settings.Architectures, builder.Outcomes));
        return builder;
    }

    /// <summary>Assembles the root file systems, and makes their images with a manifest of each.</summary>
    public IReadOnlyList<StageReport> AssembleRoot()
    {
        var reports = settings.Architectures.SelectMany(architecture => stages.For(architecture).OfRoot).Select(Run).ToList();
        new DefaultImage(layout).Update(stages.KnownArchitectures);
        return reports;
    }

    /// <summary>Fetches the kernels and makes the boot sets, with L4Re's images in them where the user has an L4Re.</summary>
    public IReadOnlyList<StageReport> MakeBootSets() => boots.MakeBootSets();

    /// <summary>Proves that what was built runs, as far as the user asked.</summary>
    public IReadOnlyList<SmokeReport> SmokeTest() => boots.SmokeTest(flavours);

    /// <summary>Boots a boot set at this terminal. Other builds may go on meanwhile.</summary>
    /// <returns>The emulator's exit code.</returns>
    public int Boot()
    {
        outputLock?.Dispose();
        outputLock = null;
        return boots.Session.Run();
    }

    /// <summary>Runs the project's own tests.</summary>
    public IReadOnlyList<Figure> Test(string reports)
    {
        foreach (var architecture in settings.Architectures)
            Run(stages.For(architecture).L4Re.Test);
        var results = new TestRun(layout, runner, display.Writer).Run(reports);
        return [new Figure("passed", $"{results.Passed}"), new Figure("failed", $"{results.Failed}"), new Figure("skipped", $"{results.Skipped}")];
    }

    /// <summary>Removes what the build made.</summary>
    public IReadOnlyList<Figure> Clean()
    {
        Lock();
        return [Figure.Size("freed", new OutputCleaner(layout, stages.KnownArchitectures).Clean())];
    }

    /// <summary>Says what a run of a target would do, and why.</summary>
    public (PlannedState State, string Reason) Forecast(string target) =>
        new PlanForecast(stages, settings.Architectures, flavours, stageRunner, layout.Downloads).Of(target);

    Architecture? Selected(string name) => settings.Architectures.FirstOrDefault(architecture => architecture.Name == name);

    List<StageReport> RunEach(Func<ArchitectureStages, IStage> chosen) =>
        [.. settings.Architectures.Select(architecture => Run(chosen(stages.For(architecture))))];

    StageReport Run(IStage stage)
    {
        Lock();
        return stageRunner.Run(stage);
    }

    // Not before it is asked for: most runs install nothing.
    HostSystem Host => field ??= HostSystem.Read();

    string? WhyNotToInstall => settings switch
    {
        { MayProvision: false } => "'--no-provision' forbids it",
        { Offline: true } => "'--offline' forbids it",
        _ => null,
    };

    AptGet AptGet => new(runner, environment, Host, log);

    bool Install(IReadOnlyList<string> packages)
    {
        if ((WhyNotToInstall ?? AptGet.Obstacle()) is not null)
            return false;
        AptGet.Install(packages, layout.Log("provision"));
        return true;
    }

    // Kept until the process ends: targets run one after the other, and no other build may come between them.
    void Lock()
    {
        if (outputLock is not null)
            return;
        outputLock = OutputLock.Acquire(layout.Output, log);
        folders.DiscardAll();
    }

    // Before anything is built for one architecture, the compilers of all of them are known to be good.
    void VerifyCompilers()
    {
        foreach (var architecture in settings.Architectures.Select(stages.For).Where(a => a.Compiles(flavours).Any(stage => stageRunner.ReasonToRun(stage) is not null)))
            stages.Verify(architecture.Toolchain);
    }

    // Without them the smoke test says which level it reached, instead of not running at all.
    IEnumerable<HostTool> ToolsToBootWith(IReadOnlyCollection<string> targets) => IsBootTested(targets)
        ? Tools([ToolNeed.Kernel, ToolNeed.Boot]).Select(tool => tool with { IsWanted = true })
        : [];

    // Programs of the flavour l4re run without a kernel, too.
    IEnumerable<HostTool> ToolsOfNativeRust(IReadOnlyCollection<string> targets) =>
        flavours.Contains(Flavour.L4Re) && targets.Contains("RustTest") ? Tools([ToolNeed.Boot]) : [];

    bool IsBootTested(IReadOnlyCollection<string> targets) => targets.Contains("SmokeTest") && settings.SmokeLevel >= SmokeLevel.Boot;

    IReadOnlyList<HostTool> Tools(IReadOnlyCollection<ToolNeed> needs) => HostToolCatalogue.For(new ToolSelection(settings.Architectures, needs)
    {
        OwnPrefixes = settings.CrossPrefixes,
        CompilerLauncher = settings.Compile.Launcher,
        ImageFormats = settings.ImageFormats,
        Components = stages.Components,
        TestArchitectures = Directory.Exists(layout.TestArchitectures) ? Architectures.In(layout.TestArchitectures) : [],
    });
}
