namespace Nuke.Common.Execution;

/// <summary>Chooses the targets to run and their order.</summary>
static class ExecutionPlanner
{
    /// <param name="all">The targets in the order of their declaration, which decides between independent ones.</param>
    /// <param name="invokedNames">The wanted targets, or <see langword="null"/> for the default ones.</param>
    public static IReadOnlyCollection<ExecutableTarget> GetPlan(
        IReadOnlyCollection<ExecutableTarget> all, IReadOnlyCollection<string> invokedNames)
    {
        var wanted = (invokedNames?.Select(x => Find(x, all)) ?? all.Where(x => x.IsDefault)).ToHashSet();
        if (invokedNames is not null)
        {
            foreach (var target in wanted)
                target.Invoked = true;
        }

        // What a target of the plan triggers belongs to the plan too, and may trigger more.
        while (true)
        {
            var plan = Order(all, wanted);
            wanted = [.. plan, .. plan.SelectMany(x => x.Triggers).Where(all.Contains)];
            if (wanted.Count > plan.Count)
                continue;

            foreach (var target in plan)
                target.Status = ExecutionStatus.Scheduled;
            return plan;
        }
    }

    /// <summary>Takes targets that no remaining one depends on, the first declared first, and so builds the plan from its end.</summary>
    static List<ExecutableTarget> Order(IReadOnlyCollection<ExecutableTarget> all, HashSet<ExecutableTarget> wanted)
    {
        var remaining = all.ToDictionary(x => x, x => x.AllDependencies.ToHashSet());
        var needed = new HashSet<ExecutableTarget>(wanted);
        var plan = new List<ExecutableTarget>();
        while (remaining.Count > 0)
        {
            var independents = all.Where(x => remaining.ContainsKey(x) && !remaining.Values.Any(y => y.Contains(x))).ToList();
            if (independents.Count == 0)
                Assert.Fail(DescribeCycles([.. remaining.Keys]));
            if (independents.Count > 1 && NukeBuild.Parameters.IsStrict)
                Assert.Fail($"Incomplete target definition order:\n{List(independents.Select(x => x.Name))}");

            var next = independents[0];
            remaining.Remove(next);
            if (!needed.Contains(next))
                continue;

            plan.Add(next);
            needed.UnionWith(next.ExecutionDependencies);
        }

        plan.Reverse();
        return plan;
    }

    static string DescribeCycles(List<ExecutableTarget> remaining)
    {
        var cycles = remaining.Select(x => string.Join(", ", remaining.Where(y => Reaches(x, y) && Reaches(y, x)).Select(y => y.Name)));
        return $"Circular dependencies between targets:\n{string.Join('\n', cycles.Where(x => x.Length > 0).Distinct().Select(x => $" - {x}"))}";

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
        var target = all.SingleOrDefault(x => x.Name.Equals(plainName, StringComparison.OrdinalIgnoreCase));
        if (target is null)
        {
            var names = all.Select(x => x.Name).Order(StringComparer.InvariantCulture);
            Assert.Fail($"Target with name '{plainName}' does not exist. Available targets are:\n{List(names)}");
        }

        return target;
    }

    static string List(IEnumerable<string> names) => string.Join('\n', names.Select(x => $"  - {x}"));
}
