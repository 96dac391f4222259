using System.ComponentModel;
using System.Reflection;
using L4ReMusl.CommandLine;
using L4ReMusl.CommandLine.Plans;
using L4ReMusl.Goals;
using L4ReMusl.Machines;
using L4ReMusl.Settings;
using Nuke.Common;
using Nuke.Common.Execution;

/// <summary>NUKE's targets and parameters as the command line, the help and the plan see them.</summary>
static class BuildModel
{
    static IEnumerable<PropertyInfo> Members => typeof(Build).GetInterfaces().SelectMany(component => component.GetProperties());

    static Dictionary<string, PropertyInfo> MembersByKey => field ??= Members
        .Where(member => member.IsDefined(typeof(ParameterAttribute)))
        .ToDictionary(member => member.GetCustomAttribute<ParameterAttribute>()!.Name ?? member.Name);

    public static CommandLineInfo Of(IEnumerable<ExecutableTarget> targets) => new(
        [.. targets.Select(target => new TargetInfo(target.Name, target.Description ?? "", Group(target.Member))
        {
            IsDefault = target.IsDefault,
            IsListed = target.Listed,
            Dependencies = [.. target.ExecutionDependencies.Select(other => other.Name)],
            RunsAfter = [.. target.OrderDependencies.Select(other => other.Name)],
        })],
        CommandLine.Parameters);

    /// <summary>All architectures.</summary>
    public static IReadOnlyList<Architecture> Architectures => field ??=
        L4ReMusl.Machines.Architectures.In(Path.Combine(Startup.Root, "config", "architectures"));

    /// <summary>
    /// The targets and parameters, without what only NUKE can add: descriptions and dependencies of targets.
    /// </summary>
    public static CommandLineInfo CommandLine => field ??= new(
        [
            .. Members.Where(member => member.PropertyType == typeof(Target))
                .Select(member => new TargetInfo(member.Name, "", Group(member))),
        ],
        Parameters.AllIn(Startup.Root, Architectures).Where(parameter => MembersByKey.ContainsKey(parameter.Key)));

    /// <summary>The values that NUKE has for the parameters.</summary>
    /// <remarks>
    /// An architecture without a member for its tool prefix, because it is only data, has the prefix in the environment.
    /// </remarks>
    public static RawSettings Values(Build build) => new(
        from parameter in Parameters.For(Architectures)
        from text in MembersByKey.TryGetValue(parameter.Key, out var member)
            ? TextsOf(member.GetValue(build))
            : [Environment.GetEnvironmentVariable(parameter.Variable!)]
        select (parameter, text));

    public static BuildPlan Of(
        IReadOnlyCollection<ExecutableTarget> all,
        IReadOnlyCollection<ExecutableTarget> plan,
        IReadOnlyCollection<string>? skipped,
        Pipeline pipeline)
    {
        var whole = new BuildPlan(
            [.. plan.Where(target => IsInvoked(target, plan)).Select(target => target.Name)],
            [
                .. plan.Select(target => Planned(target, Forecast(target, pipeline))),
                .. all.Except(plan).Select(target => Planned(target, (PlannedState.Outside, ""))),
            ]);
        return skipped is not null ? whole.Without(skipped) : whole;
    }

    static PlannedTarget Planned(ExecutableTarget target, (PlannedState State, string Reason) forecast) =>
        new(target.Name, target.Description ?? "", forecast.State, forecast.Reason)
        {
            Dependencies = [.. target.ExecutionDependencies.Select(other => other.Name)],
            RunsAfter = [.. target.OrderDependencies.Select(other => other.Name)],
            KeepsDependencies = target.DependencyBehavior == DependencyBehavior.Execute,
        };

    // The only condition that this build's targets have is that an architecture is selected.
    static (PlannedState State, string Reason) Forecast(ExecutableTarget target, Pipeline pipeline) =>
        target.StaticConditions.Exists(condition => !condition.Delegate())
            ? (PlannedState.Skipped, "not among the selected architectures")
            : pipeline.Forecast(target.Name);

    static bool IsInvoked(ExecutableTarget target, IReadOnlyCollection<ExecutableTarget> plan) =>
        target.Invoked || (target.IsDefault && !plan.Any(other => other.Invoked));

    static string Group(MemberInfo member) => member.GetCustomAttribute<CategoryAttribute>()?.Category ?? "Other";

    static IEnumerable<string?> TextsOf(object? value)
    {
        if (value is IEnumerable<string> texts)
            return texts;
        return [value?.ToString()];
    }
}
