using L4ReMusl.CommandLine.Plans;

namespace L4ReMusl.Tests.CommandLine;

/// <summary>A plan with all that a plan can have: a diamond, a long edge, an implied edge, an order-only edge.</summary>
static class SamplePlan
{
    public static BuildPlan Plan { get; } = new(["Image"],
    [
        Target("Provision", PlannedState.WouldRun, "always looks"),
        Target("Fetch", PlannedState.UpToDate, "verified", "Provision"),
        Target("CompileArm", PlannedState.UpToDate, "nothing has changed", "Fetch"),
        Target("CompileArm64", PlannedState.WouldRun, "changed: compiler", "Fetch"),
        Target("Stage", PlannedState.WouldRun, "out/musl is not there yet", "CompileArm", "CompileArm64", "Fetch"),
        Target("Test", PlannedState.Skipped, "no <cargo> & co. here", "Stage"),
        Target("Image", PlannedState.WouldRun, "", "Stage", "Provision", "Elsewhere") with { RunsAfter = ["Test", "Elsewhere"] },
    ]);

    /// <summary>A plan of two targets in a build that has more; one of the others runs before the second, if at all.</summary>
    public static BuildPlan PartOfABuild { get; } = new(["Stage"],
    [
        Target("Fetch", PlannedState.WouldRun, ""),
        Target("Stage", PlannedState.UpToDate, "", "Fetch") with { RunsAfter = ["AddVersion"] },
        Target("Doctor", PlannedState.Outside, ""),
        Target("AddVersion", PlannedState.Outside, "", "Fetch"),
        Target("Package", PlannedState.Outside, "", "Stage"),
    ]);

    static PlannedTarget Target(string name, PlannedState state, string reason, params string[] dependencies) =>
        new(name, $"{name} does its work.", state, reason) { Dependencies = dependencies };
}
