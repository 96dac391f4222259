using L4ReMusl.Backend;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.HostTools;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using L4ReMusl.Smoke;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Proves that what was built runs, up to the level that the user asked for.</summary>
public sealed class SmokeTestGoal() : Goal("SmokeTest")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.SelfTest];

    /// <inheritdoc/>
    /// <remarks>Without these tools the smoke test still runs, and says which level it reached.</remarks>
    public override IEnumerable<ToolNeed> OptionalTools(BuildSettings settings) =>
        Boots(settings) ? [ToolNeed.Kernel, ToolNeed.Boot] : [];

    /// <inheritdoc/>
    public override IReadOnlyList<Flavour> NeededFlavours(BuildSettings settings) => [Flavour.Linux];

    /// <inheritdoc/>
    public override void Check(GoalContext context)
    {
        if (Boots(context.Settings))
            ImageGoal.CheckBootSets(context);
    }

    /// <inheritdoc/>
    /// <remarks>They are not among <see cref="Goal.Stages"/>: if one fails, the test still reaches a lower level.</remarks>
    public override IEnumerable<IStage> StagesToStart(GoalContext context) =>
    [
        .. Boots(context.Settings) ? context.Settings.Architectures.SelectMany(context.Graph.BootSetOf) : [],
        .. context.HasL4ReFlavour
            ? context.Settings.Architectures.Select(architecture => context.Graph.L4ReFlavour.Tests[architecture])
            : [],
    ];

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var (build, settings) = (context.Build, context.Settings);
        var test = new SmokeTest(
            context.Graph.Components.Selected,
            [context.Layout.Root],
            context.Layout.Logs,
            build.Tools,
            context.Jobs,
            build.Display);
        var guests = settings.Architectures.Select(architecture => GuestOf(context, architecture)).ToList();
        var flavours = context.HasL4ReFlavour ? settings.Architectures : [];
        var reports = Task.WhenAll(
        [
            .. guests.Select(guest => OwnThread.Start(() => test.Run(guest, settings.SmokeLevel))),
            .. flavours.Select(architecture => OwnThread.Start(() => TestFlavour(context, architecture))),
        ]).GetAwaiter().GetResult();
        return new GoalReport([.. reports.Select(report => report.Figure)]) { Failure = reports.Failure() };
    }

    static bool Boots(BuildSettings settings) => settings.SmokeLevel >= SmokeLevel.Boot;

    // The image that is booted comes first.
    static Guest GuestOf(GoalContext context, Architecture architecture) => new(
        architecture,
        [.. context.Graph.Root.Images[architecture]
            .Select(image => new GuestImage(image.Format, image.Output))
            .OrderBy(image => image.Format.Name == architecture.Emulation?.Root.ImageFormat ? 0 : 1)],
        () =>
        {
            context.Runner.Run(context.Graph.BootSetOf(architecture));
            return context.Graph.Boot.Sets[architecture].Output;
        })
    {
        BootOnL4Re = context.Settings.Tree?.Architecture == architecture ? new L4ReSystemTest(context).Run : null,
    };

    static SmokeReport TestFlavour(GoalContext context, Architecture architecture)
    {
        var (flavour, asked) = (context.Graph.L4ReFlavour, context.Settings.SmokeLevel);
        var upTo = asked == SmokeLevel.L4Re ? SmokeLevel.Boot : asked; // On L4Re, this test is part of a boot image.
        return SmokeReport.Climb($"{architecture} {Flavour.L4Re}", upTo, level =>
        {
            var programs = flavour.Tests[architecture];
            context.Runner.Run(programs);
            using var turn = context.Jobs.Take();
            var test = new FlavourTest(architecture, programs.Output, context.Build.Tools);
            return level switch
            {
                SmokeLevel.Files => flavour.Prefixes[architecture].Verify(),
                SmokeLevel.UserMode => $"{test.RunOnLinux().Count} checks passed",
                _ => $"{test.RunOnBareMachine().Count} checks passed without a kernel",
            };
        });
    }
}
