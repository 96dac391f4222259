using L4ReMusl.Foundation.Text;

namespace L4ReMusl.CommandLine.Plans;

/// <summary>What a run would do with a target.</summary>
public enum PlannedState
{
    /// <summary>Run it.</summary>
    WouldRun,

    /// <summary>Check it and find nothing to do.</summary>
    UpToDate,

    /// <summary>Leave it out.</summary>
    Skipped,

    /// <summary>Nothing: it was not asked for, and no target that was asked for needs it.</summary>
    Outside,
}

/// <summary>A target of the build.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="State">What the run would do with it.</param>
/// <param name="Reason">Why.</param>
public sealed record PlannedTarget(string Name, string Description, PlannedState State, string Reason)
{
    /// <summary>The names of the targets that it needs.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>The names of the targets that run before it if both run, but that it does not need.</summary>
    public IReadOnlyList<string> RunsAfter { get; init; } = [];

    /// <summary>Whether the targets that it needs run even if it is skipped.</summary>
    public bool KeepsDependencies { get; init; }

    /// <summary>State and reason in words.</summary>
    public string Verdict => State.Look().Words + (Reason.Length > 0 ? $": {Reason}" : "");
}

/// <summary>A line between the positions of two targets: the second needs the first, or only runs after it.</summary>
public sealed record PlanEdge(int From, int To, bool IsOrderOnly);

/// <summary>What a run would do, and the graph of all targets.</summary>
/// <param name="Invoked">The names of the targets that the user asked for.</param>
/// <param name="Targets">The targets of the run in the order of execution, and all others in any order.</param>
public sealed record BuildPlan(IReadOnlyList<string> Invoked, IReadOnlyList<PlannedTarget> Targets)
{
    /// <summary>All targets of the build, each after those that must run before it.</summary>
    public IReadOnlyList<PlannedTarget> Targets { get; } = Sort(Targets);

    /// <summary>The targets of the run, in the order of execution.</summary>
    public IReadOnlyList<PlannedTarget> Planned => [.. Targets.Where(target => target.State != PlannedState.Outside)];

    /// <summary>The lines of the graph. Names that are not targets of the build have no lines.</summary>
    public IReadOnlyList<PlanEdge> Edges => field ??=
    [
        .. from to in Enumerable.Range(0, Targets.Count)
           from name in Targets[to].Dependencies.Union(Targets[to].RunsAfter)
           from @from in Enumerable.Range(0, to)
           where Targets[@from].Name == name
           select new PlanEdge(@from, to, !Targets[to].Dependencies.Contains(name)),
    ];

    /// <summary>The number of targets by state, in words.</summary>
    public string Summary => $"{Planned.Count} {(Planned.Count == 1 ? "target" : "targets")}: " + string.Join(", ",
        Planned.CountBy(target => target.State).OrderBy(x => x.Key).Select(x => $"{x.Value} {x.Key.Look().Words}"));

    /// <summary>The plan of a run with <c>--skip</c>, by NUKE's rules (<c>BuildExecutor.MarkTargetSkipped</c>).</summary>
    /// <param name="names">The targets to leave out; if empty, all that were not asked for.</param>
    public BuildPlan Without(IReadOnlyCollection<string> names)
    {
        var (planned, skipped) = (Planned, new HashSet<string>());
        foreach (var target in planned.Where(x => names.Count == 0 || names.Any(y => ParameterName.AreEqual(x.Name, y))))
            Skip(target);
        return new BuildPlan(Invoked, [.. Targets.Select(target => skipped.Contains(target.Name)
            ? target with { State = PlannedState.Skipped, Reason = "by --skip" }
            : target)]);

        // A skipped target takes along what only it needs. Targets that were asked for stay.
        void Skip(PlannedTarget target)
        {
            if (skipped.Contains(target.Name))
                return;
            if (!Invoked.Contains(target.Name))
                skipped.Add(target.Name);
            foreach (var needed in planned.Where(x => !target.KeepsDependencies && target.Dependencies.Contains(x.Name)))
            {
                if (!planned.Any(x => x != target && !skipped.Contains(x.Name) && x.Dependencies.Contains(needed.Name)))
                    Skip(needed);
            }
        }
    }

    // Planned targets keep the engine's order, which follows the same rule. Others come as soon after their needs as possible.
    static List<PlannedTarget> Sort(IReadOnlyList<PlannedTarget> targets)
    {
        var sorted = new List<PlannedTarget>();
        foreach (var target in targets.Where(target => target.State != PlannedState.Outside))
            Add(target);
        while (targets.Except(sorted).MaxBy(target => Earlier(target).Max(x => (int?)sorted.IndexOf(x)) ?? -1) is { } next)
            Add(next);
        return sorted;

        IEnumerable<PlannedTarget> Earlier(PlannedTarget target) =>
            targets.Where(x => target.Dependencies.Contains(x.Name) || target.RunsAfter.Contains(x.Name));

        void Add(PlannedTarget target)
        {
            foreach (var earlier in Earlier(target).Except(sorted))
                Add(earlier);
            if (!sorted.Contains(target))
                sorted.Add(target);
        }
    }
}
