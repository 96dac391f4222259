using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Components;

/// <summary>Builds all components for all architectures; if one fails, the others are still built.</summary>
/// <param name="runner">Runs stages.</param>
public sealed class ComponentBuilder(StageRunner runner)
{
    readonly Dictionary<(string Component, Architecture Architecture), ComponentOutcome> outcomes = [];
    readonly List<StageReport> reports = [];

    /// <summary>The reports of the stages that did not fail.</summary>
    public IReadOnlyList<StageReport> Reports => reports;

    /// <summary>The outcome of each component.</summary>
    public IReadOnlyDictionary<(string Component, Architecture Architecture), ComponentOutcome> Outcomes => outcomes;

    /// <summary>Builds the components of one architecture.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="stages">The stages of the components, each after those that it depends on.</param>
    public void Build(Architecture architecture, IEnumerable<ComponentStage> stages)
    {
        foreach (var stage in stages)
            outcomes[(stage.Component.Name, architecture)] = Build(architecture, stage);
    }

    /// <summary>Records the outcome of musl, which other stages build.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="version">The version of musl.</param>
    /// <param name="report">The report of the stage that compiles it.</param>
    public void AddMusl(Architecture architecture, string version, StageReport report) =>
        outcomes[(ComponentCatalogue.Musl, architecture)] =
            new ComponentOutcome(StateOf(report), $"{version}: C library and loader");

    /// <summary>Why components failed; <see langword="null"/> if none did.</summary>
    public string? Failure
    {
        get
        {
            var failed = outcomes.Values.Where(outcome => outcome.State == ComponentState.Failed).ToList();
            return failed.Count > 0 ? string.Join(Environment.NewLine, failed.Select(outcome => outcome.Note)) : null;
        }
    }

    static ComponentState StateOf(StageReport report) => report.Outcome switch
    {
        StageOutcome.UpToDate => ComponentState.UpToDate,
        StageOutcome.FromCache => ComponentState.FromCache,
        StageOutcome.FromRemoteCache => ComponentState.FromRemoteCache,
        _ => ComponentState.Built,
    };

    ComponentOutcome Build(Architecture architecture, ComponentStage stage)
    {
        bool IsMissing(ComponentStage dependency) => !outcomes[(dependency.Component.Name, architecture)].IsThere;
        if (stage.Dependencies.FirstOrDefault(IsMissing) is { } missing)
            return new ComponentOutcome(ComponentState.Skipped, $"needs {missing.Component.Name}");
        try
        {
            var report = runner.Run(stage);
            reports.Add(report);
            return new ComponentOutcome(StateOf(report), $"{stage.Component.Version}: {stage.Component.Description}");
        }
        catch (BuildException e)
        {
            return new ComponentOutcome(ComponentState.Failed, e.Message);
        }
    }
}
