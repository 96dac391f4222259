using L4ReMusl.CommandLine.Plans;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>Says what targets would do, without doing anything.</summary>
/// <param name="stages">The stages.</param>
/// <param name="selected">The selected architectures.</param>
/// <param name="flavours">The selected flavours of musl.</param>
/// <param name="runner">Knows what is up to date.</param>
/// <param name="downloads">The folder of archives.</param>
public sealed class PlanForecast(StageSet stages, IReadOnlyList<Architecture> selected, IReadOnlyList<Flavour> flavours, StageRunner runner, string downloads)
{
    /// <summary>The state of a target, and the reason for it.</summary>
    public (PlannedState State, string Reason) Of(string target)
    {
        try
        {
            if (target == "FetchMusl")
                return OfFetch();
            if (StagesOf(target).ToList() is not { Count: > 0 } made)
                return (PlannedState.WouldRun, "always runs");
            var reasons = made.Select(runner.ReasonToRun).OfType<string>().Distinct().ToList();
            return reasons.Count == 0
                ? (PlannedState.UpToDate, "nothing that it depends on has changed")
                : (PlannedState.WouldRun, string.Join("; ", reasons));
        }
        catch (BuildException e)
        {
            // A missing compiler, say, which a run would install first, or stop at.
            return (PlannedState.WouldRun, e.Message);
        }
    }

    (PlannedState State, string Reason) OfFetch() => File.Exists(Path.Combine(downloads, stages.Archive.FileName))
        ? (PlannedState.UpToDate, $"{stages.Archive.FileName} is in the cache, and would be verified again")
        : (PlannedState.WouldRun, $"{stages.Archive.FileName} is not in the cache {downloads}");

    IEnumerable<IStage> StagesOf(string target) => target switch
    {
        "Patch" => stages.Sources(flavours),
        "Stage" => selected.SelectMany(architecture => stages.For(architecture).Prefixes(flavours)),
        "PackageL4Re" => Each(a => a.Package),
        "RustStd" => stages.RustStds,
        "CompileComponents" => selected.SelectMany(architecture => stages.For(architecture).Components),
        "LsbRoot" => selected.SelectMany(architecture => stages.For(architecture).OfRoot),
        "Image" => selected.SelectMany(architecture => stages.For(architecture).OfBootSet),
        _ => selected.Where(architecture => architecture.CompileTarget == target)
            .SelectMany(architecture => stages.For(architecture).Compiles(flavours)),
    };

    IEnumerable<IStage> Each(Func<ArchitectureStages, IStage?> stage) =>
        selected.Select(architecture => stage(stages.For(architecture))).OfType<IStage>();
}
