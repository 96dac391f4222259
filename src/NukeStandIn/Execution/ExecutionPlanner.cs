namespace Nuke.Common.Execution;

/// <summary>Chooses the targets to run and their order.</summary>
static class ExecutionPlanner
{
    /// <param name="all">The targets in the order of their declaration, which decides between independent ones.</param>
    /// <param name="invokedNames">The wanted targets, or <see langword="null"/> for the default ones.</param>
    /// <param name="isStrict">Whether an order that the definitions leave open is an error.</param>
    /// <exception cref="ArgumentException">There is no such target, or the definitions contradict each other.</exception>
    public static IReadOnlyCollection<ExecutableTarget> GetPlan(
        IReadOnlyCollection<ExecutableTarget> all, IReadOnlyCollection<string> invokedNames, bool isStrict = false)
    {
        foreach (var name in invokedNames ?? [])
            Find(name, all).Invoked = true;

        // Takes targets that no remaining one depends on, the first declared first, and so builds the plan from its end.
        var needed = all.Where(x => invokedNames is null ? x.IsDefault : x.Invoked).ToHashSet();
        var remaining = all.ToDictionary(x => x, x => x.AllDependencies);
        var plan = new List<ExecutableTarget>();
        while (remaining.Count > 0)
        {
            var independents = all.Where(x => remaining.ContainsKey(x) && !remaining.Values.Any(y => y.Contains(x))).ToList();
            if (independents.Count == 0)
                throw new ArgumentException(DescribeCycles([.. remaining.Keys]));
            if (independents.Count > 1 && isStrict)
                throw new ArgumentException($"Incomplete target definition order:\n{List(independents.Select(x => x.Name))}");

            remaining.Remove(independents[0]);
            if (!needed.Contains(independents[0]))
                continue;

            plan.Add(independents[0]);
            needed.UnionWith(independents[0].ExecutionDependencies);
        }

        plan.Reverse();
        plan.ForEach(x => x.Status = ExecutionStatus.Scheduled);
        return plan;
    }

    static string DescribeCycles(List<ExecutableTarget> remaining)
    {
        var cycles = remaining.Select(
            x => string.Join(", ", remaining.Where(y => Reaches(x, y) && Reaches(y, x)).Select(y => y.Name)));
        return "Circular dependencies between targets:\n"
            + string.Join('\n', cycles.Where(x => x.Length > 0).Distinct().Select(x => $" - {x}"));

        static bool Reaches(ExecutableTarget from, ExecutableTarget to)
        {
            var seen = new HashSet<ExecutableTarget>();
            var open = new Stack<ExecutableTarget>([from]);
            while (open.TryPop(out var current))
            {
                foreach (var dependency in current.AllDependencies.Where(seen.Add))
                    open.Push(dependency);
            }

            return seen.Contains(to);
        }
    }

    static ExecutableTarget Find(string name, IReadOnlyCollection<ExecutableTarget> all)
    {
        var plainName = name.Replace("-", string.Empty, StringComparison.Ordinal);
        return all.SingleOrDefault(x => x.Name.Equals(plainName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"Target with name '{plainName}' does not exist. Available targets are:\n"
                + List(all.Select(x => x.Name).Order(StringComparer.InvariantCulture)));
    }

    static string List(IEnumerable<string> names) => string.Join('\n', names.Select(x => $"  - {x}"));
}
