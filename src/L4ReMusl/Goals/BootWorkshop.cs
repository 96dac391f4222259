using L4ReMusl.Images;
using L4ReMusl.Backend;
using L4ReMusl.Boot;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Smoke;
using L4ReMusl.Stages;
using Serilog;

namespace L4ReMusl.Goals;

/// <summary>All that boots, or proves without booting that what was built runs.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="layout">Where everything lies.</param>
/// <param name="stages">The stages.</param>
/// <param name="run">Brings the result of a stage up to date.</param>
/// <param name="runner">Runs emulators.</param>
/// <param name="display">Shows progress.</param>
/// <param name="log">Is told what is left out.</param>
public sealed class BootWorkshop(
    BuildSettings settings, BuildLayout layout, StageSet stages, Func<IStage, StageReport> run, ToolRunner runner, ProgressDisplay display, ILogger log)
{
    IReadOnlyList<StageReport>? l4reImages;

    /// <summary>Boots at a terminal.</summary>
    public EmulatorSession Session => new(layout, settings.Architectures, settings.BootImage);

    /// <summary>Fetches the kernels and makes the boot sets, with L4Re's images in them where the user has an L4Re.</summary>
    public IReadOnlyList<StageReport> MakeBootSets()
    {
        if (stages.L4Re is null)
            log.Information("Boot images of L4Re are left out: --l4re-build names no build folder of an L4Re tree");
        return [.. MakeL4ReImages(), .. settings.Architectures.SelectMany(MakeBootSet)];
    }

    /// <summary>Tests what was built, as far as the user asked.</summary>
    /// <param name="flavours">The flavours of musl that were built.</param>
    public IReadOnlyList<SmokeReport> SmokeTest(IReadOnlyList<Flavour> flavours)
    {
        if (settings.SmokeLevel == SmokeLevel.L4Re)
            MakeL4ReImages(); // Before the boot sets, which hold them.
        var test = new SmokeTest(stages.Components, [layout.Root], layout.Logs, runner, display);
        return
        [
            .. settings.Architectures.Select(architecture => test.Run(GuestOf(architecture), settings.SmokeLevel)),
            .. flavours.Contains(Flavour.L4Re) ? settings.Architectures.Select(TestFlavour) : [],
        ];
    }

    SmokeReport TestFlavour(Architecture architecture)
    {
        var stage = stages.For(architecture).L4Re;
        var upTo = settings.SmokeLevel == SmokeLevel.L4Re ? SmokeLevel.Boot : settings.SmokeLevel; // On L4Re it is a part of a boot image.
        return SmokeReport.Climb($"{architecture} {Flavour.L4Re}", upTo, level =>
        {
            run(stage.Test);
            var test = new FlavourTest(architecture, stage.Test.Output, runner);
            return level switch
            {
                SmokeLevel.Files => stage.Prefix.Verify(),
                SmokeLevel.UserMode => $"{test.RunOnLinux().Count} checks passed",
                _ => $"{test.RunOnBareMachine().Count} checks passed without a kernel",
            };
        });
    }

    IReadOnlyList<StageReport> MakeBootSet(Architecture architecture)
    {
        stages.For(architecture).BootSet!.FetchKernel();
        return [.. stages.For(architecture).OfBootSet.Select(run)];
    }

    // Once in a run: the tree's make looks at a lot of files.
    IReadOnlyList<StageReport> MakeL4ReImages()
    {
        if (stages.L4Re is not { } l4re || l4reImages is not null)
            return l4reImages ?? [];
        var assets = stages.For(l4re.Tree.Architecture).L4ReAssets!;
        assets.FetchKernel();
        return l4reImages = [.. assets.Programs.Select(run), run(assets), l4re.Install(), l4re.MakeImages()];
    }

    // The image that is booted comes first.
    Guest GuestOf(Architecture architecture) => new(
        architecture,
        [.. settings.ImageFormats
            .Select(format => new GuestImage(format, layout.Image(architecture, format)))
            .OrderBy(image => image.Format.Name == architecture.Emulation?.Root.ImageFormat ? 0 : 1)],
        () =>
        {
            MakeBootSet(architecture);
            return layout.BootSet(architecture);
        })
    {
        BootOnL4Re = stages.L4Re is { } l4re && l4re.Tree.Architecture == architecture ? l4re.Test : null,
    };
}
