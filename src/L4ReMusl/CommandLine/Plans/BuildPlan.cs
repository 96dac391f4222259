using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine.Plans;

/// <summary>What a run would do with a target.</summary>
public enum PlannedState
{
    /// <summary>Run it.</summary>
    WouldRun,

    /// <summary>Look at it and find nothing to do.</summary>
    UpToDate,

    /// <summary>Leave it out.</summary>
    Skipped,
}

/// <summary>A target in a plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="State">What would be done with it.</param>
/// <param name="Reason">Why.</param>
public sealed record PlannedTarget(string Name, string Description, PlannedState State, string Reason)
{
    /// <summary>The names of the targets that it needs.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>The names of the targets that it only has to come after.</summary>
    public IReadOnlyList<string> RunsAfter { get; init; } = [];

    /// <summary>Whether what it needs runs even if it is skipped itself.</summary>
    public bool KeepsDependencies { get; init; }

    /// <summary>State and reason in words.</summary>
    public string Verdict => BuildPlan.Describe(State) + (Reason.Length > 0 ? $": {Reason}" : "");
}

/// <summary>A line from a target to one that comes after it.</summary>
/// <param name="From">The position in the plan of the target that comes first.</param>
/// <param name="To">The position of the target that needs it.</param>
/// <param name="IsOrderOnly">Whether the second needs no result of the first.</param>
public sealed record PlanEdge(int From, int To, bool IsOrderOnly);

/// <summary>What a run would do, in its order.</summary>
/// <param name="Invoked">The names of the targets that the user asked for.</param>
/// <param name="Targets">All targets of the run, in the order of execution.</param>
public sealed record BuildPlan(IReadOnlyList<string> Invoked, IReadOnlyList<PlannedTarget> Targets)
{
    /// <summary>The lines of the graph. What lies outside the plan has none.</summary>
    public IReadOnlyList<PlanEdge> Edges { get; } =
    [
        .. Targets.SelectMany((target, to) =>
            Find(Targets, target.Dependencies).Select(from => new PlanEdge(from, to, false))
                .Concat(Find(Targets, target.RunsAfter.Except(target.Dependencies)).Select(from => new PlanEdge(from, to, true)))
                .Where(edge => edge.From < edge.To)),
    ];

    /// <summary>Says in a few words how much there is to do.</summary>
    public string Summary
    {
        get
        {
            var counts = Enum.GetValues<PlannedState>()
                .Select(state => (State: state, Count: Targets.Count(target => target.State == state)))
                .Where(entry => entry.Count > 0)
                .Select(entry => $"{entry.Count} {Describe(entry.State)}");
            return $"{Targets.Count} {(Targets.Count == 1 ? "target" : "targets")}: {string.Join(", ", counts)}";
        }
    }

    /// <summary>The plan of a run with <c>--skip</c>, by NUKE's rules (<c>BuildExecutor.MarkTargetSkipped</c>).</summary>
    /// <param name="names">The targets to leave out; if there are none, all that were not asked for.</param>
    public BuildPlan Without(IReadOnlyCollection<string> names)
    {
        var skipped = new HashSet<string>();
        foreach (var target in Targets.Where(target => names.Count == 0 || names.Any(name => ParameterName.AreEqual(name, target.Name))))
            Skip(target);
        return new BuildPlan(Invoked, [.. Targets.Select(target => skipped.Contains(target.Name)
            ? target with { State = PlannedState.Skipped, Reason = "by --skip" }
            : target)]);

        // With a target goes what only it needs. What was asked for stays.
        void Skip(PlannedTarget target)
        {
            if (skipped.Contains(target.Name))
                return;
            if (!Invoked.Contains(target.Name))
                skipped.Add(target.Name);
            foreach (var needed in Targets.Where(other => !target.KeepsDependencies && target.Dependencies.Contains(other.Name)))
            {
                if (!Targets.Any(other => other.Name != target.Name && !skipped.Contains(other.Name) && other.Dependencies.Contains(needed.Name)))
                    Skip(needed);
            }
        }
    }

    /// <summary>A state in words.</summary>
    public static string Describe(PlannedState state) => state switch
    {
        PlannedState.WouldRun => "would run",
        PlannedState.UpToDate => "up to date",
        _ => "skipped",
    };

    /// <summary>A state as a sign, for where colour may be missing.</summary>
    public static char Sign(PlannedState state) => state switch
    {
        PlannedState.WouldRun => '●',
        PlannedState.UpToDate => '✓',
        _ => '○',
    };

    static IEnumerable<int> Find(IReadOnlyList<PlannedTarget> targets, IEnumerable<string> names) =>
        Enumerable.Range(0, targets.Count).Where(i => names.Contains(targets[i].Name));
}
