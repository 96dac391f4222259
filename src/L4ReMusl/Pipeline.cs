using L4ReMusl.Architectures;
using L4ReMusl.Booting;
using L4ReMusl.CommandLine.Plans;
using L4ReMusl.Images;
using L4ReMusl.Incremental;
using L4ReMusl.Patching;
using L4ReMusl.Processes;
using L4ReMusl.Provisioning;
using L4ReMusl.Reporting;
using L4ReMusl.Settings;
using L4ReMusl.Sources;
using L4ReMusl.Testing;
using Serilog;

namespace L4ReMusl;

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
        stageRunner = new StageRunner(folders, new ResultCache(layout.CompiledResults), log);
    }

    /// <summary>Checks what only the repository's own data can tell: that the version of musl is known, and its series complete.</summary>
    /// <param name="targets">The targets that will run; that they can is checked as well.</param>
    /// <exception cref="BuildException">It is not.</exception>
    public void Validate(IReadOnlyCollection<string> targets)
    {
        _ = (stages.Archive, stages.Series);
        if (targets.Contains("Run"))
            Session.Validate();
        if (targets.Contains("Image"))
            BootSetStage.Validate(settings.Architectures, settings.ImageFormats.Select(format => format.Name));
    }

    /// <summary>Whether the user selected an architecture.</summary>
    public bool IsSelected(Architecture architecture) => settings.Architectures.Contains(architecture);

    /// <summary>Brings the host tools for some targets, and checks the compilers that will be used.</summary>
    public IReadOnlyList<Figure> Provision(IEnumerable<string> targets)
    {
        var host = HostSystem.Read();
        var needs = TargetNeeds.Of(targets);
        var provisioner = new Provisioner(new HostInventory(runner), new AptGet(runner, environment, host, log), host, log);
        var result = provisioner.Provision(Tools(needs), settings.MayProvision, layout.Log("provision"));
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
        var locations = new ArchiveLocations(settings.Mirrors, settings.Offline, runner);
        var fetcher = new ArchiveFetcher(layout.Downloads, locations, new SignatureVerifier(runner, layout.SigningKeys), log);
        using var progress = display.Start(stages.Archive.FileName, ProgressLine.Bytes);
        var fetched = fetcher.Fetch(stages.Archive, progress);
        return
        [
            new Figure("version", fetched.Archive.Version),
            new Figure("from", fetched.Origin),
            new Figure("SHA-256", "good"),
            new Figure("signature", fetched.SignatureNote),
        ];
    }

    /// <summary>The patch series, as text.</summary>
    public string ListPatches() => string.Join(Environment.NewLine, PatchListing.Lines(stages.Series));

    /// <summary>Makes the patched source tree.</summary>
    public StageReport Patch() => Run(stages.Source);

    /// <summary>Compiles musl for one architecture.</summary>
    public StageReport Compile(Architecture architecture) => Run(stages.For(architecture).Compile);

    /// <summary>Makes the prefixes.</summary>
    public IReadOnlyList<StageReport> Stage() => RunEach(a => a.Prefix);

    /// <summary>Installs the L4Re packages.</summary>
    public IReadOnlyList<StageReport> Package() => RunEach(a => a.Package);

    /// <summary>Assembles the root file systems, and makes their images with a manifest of each.</summary>
    public IReadOnlyList<StageReport> AssembleRoot()
    {
        var reports = settings.Architectures.SelectMany(architecture => stages.For(architecture).OfRoot).Select(Run).ToList();
        new DefaultImage(layout).Update();
        return reports;
    }

    /// <summary>Fetches the kernels and makes the boot sets.</summary>
    public IReadOnlyList<StageReport> MakeBootSets()
    {
        foreach (var architecture in settings.Architectures)
            stages.For(architecture).BootSet!.FetchKernel();
        return RunEach(a => a.BootSet!);
    }

    /// <summary>Boots a boot set at this terminal. Other builds may go on meanwhile.</summary>
    /// <returns>The emulator's exit code.</returns>
    public int Boot()
    {
        outputLock?.Dispose();
        outputLock = null;
        return Session.Run();
    }

    /// <summary>Runs the project's own tests.</summary>
    public IReadOnlyList<Figure> Test(string reports)
    {
        var results = new TestRun(layout, runner, display.Writer).Run(reports);
        return [new Figure("passed", $"{results.Passed}"), new Figure("failed", $"{results.Failed}"), new Figure("skipped", $"{results.Skipped}")];
    }

    /// <summary>Removes what the build made.</summary>
    public IReadOnlyList<Figure> Clean()
    {
        Lock();
        return [Figure.Size("freed", new OutputCleaner(layout).Clean())];
    }

    /// <summary>Says what a run of a target would do, and why.</summary>
    public (PlannedState State, string Reason) Forecast(string target) =>
        new PlanForecast(stages, settings.Architectures, stageRunner, layout.Downloads).Of(target);

    EmulatorSession Session => new(layout, settings.Architectures);

    List<StageReport> RunEach(Func<ArchitectureStages, IStage> chosen) =>
        [.. settings.Architectures.Select(architecture => Run(chosen(stages.For(architecture))))];

    StageReport Run(IStage stage)
    {
        Lock();
        return stageRunner.Run(stage);
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
        foreach (var architecture in settings.Architectures.Select(stages.For).Where(a => stageRunner.ReasonToRun(a.Compile) is not null))
            stages.Verify(architecture.Toolchain);
    }

    IReadOnlyList<HostTool> Tools(IReadOnlyCollection<ToolNeed> needs) => HostToolCatalogue.For(new ToolSelection(settings.Architectures, needs)
    {
        OwnPrefixes = settings.CrossPrefixes,
        CompilerLauncher = settings.Compile.Launcher,
        ImageFormats = settings.ImageFormats,
    });
}
