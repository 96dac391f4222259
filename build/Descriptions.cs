using System.ComponentModel;
using System.Reflection;
using L4ReMusl.CommandLine;
using L4ReMusl.CommandLine.Plans;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Goals;
using Nuke.Common;
using Nuke.Common.Execution;
using ParameterInfo = L4ReMusl.CommandLine.ParameterInfo;

/// <summary>NUKE's targets and parameters in the words of the help and the plan.</summary>
static class Descriptions
{
    static IEnumerable<PropertyInfo> Members => typeof(Build).GetInterfaces().SelectMany(component => component.GetProperties());

    static IEnumerable<PropertyInfo> ParameterMembers => Members.Where(member => member.IsDefined(typeof(ParameterAttribute)));

    public static CommandLineInfo Of(IEnumerable<ExecutableTarget> targets) => new(
        [.. targets.Select(target => new TargetInfo(target.Name, target.Description ?? "", Group(target.Member))
        {
            IsDefault = target.IsDefault,
            IsListed = target.Listed,
            Dependencies = [.. target.ExecutionDependencies.Select(other => other.Name)],
            RunsAfter = [.. target.OrderDependencies.Select(other => other.Name)],
        })],
        ParameterMembers.Select(Of));

    /// <summary>What there is to type, as far as it is known before NUKE has looked at anything.</summary>
    public static CommandLineInfo CommandLine => field ??= new(
        [
            .. Members.Where(member => member.PropertyType == typeof(Target))
                .Select(member => new TargetInfo(member.Name, "", Group(member))),
        ],
        ParameterMembers.Select(Of));

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

    static ParameterInfo Of(PropertyInfo member) => new(
        ParameterName.FromMember(NameOf(member)), member.GetCustomAttribute<ParameterAttribute>()!.Description, Group(member), Kind(member))
    {
        Key = NameOf(member),
        ValidValues = Choices.Of(member),
    };

    static PlannedTarget Planned(ExecutableTarget target, (PlannedState State, string Reason) forecast) =>
        new(target.Name, target.Description ?? "", forecast.State, forecast.Reason)
        {
            Dependencies = [.. target.ExecutionDependencies.Select(other => other.Name)],
            RunsAfter = [.. target.OrderDependencies.Select(other => other.Name)],
            KeepsDependencies = target.DependencyBehavior == DependencyBehavior.Execute,
        };

    // The one condition that targets of this build have is that of an architecture.
    static (PlannedState State, string Reason) Forecast(ExecutableTarget target, Pipeline pipeline) =>
        target.StaticConditions.Exists(condition => !condition.Delegate())
            ? (PlannedState.Skipped, "not among the selected architectures")
            : pipeline.Forecast(target.Name);

    static bool IsInvoked(ExecutableTarget target, IReadOnlyCollection<ExecutableTarget> plan) =>
        target.Invoked || (target.IsDefault && !plan.Any(other => other.Invoked));

    /// <summary>The name that users type, in NUKE's spelling: a target may have taken that of the member.</summary>
    static string NameOf(MemberInfo member) => member.GetCustomAttribute<ParameterAttribute>()!.Name ?? member.Name;

    static string Group(MemberInfo member) => member.GetCustomAttribute<CategoryAttribute>()?.Category ?? "Other";

    static ParameterKind Kind(PropertyInfo member) =>
        member.PropertyType == typeof(bool) ? ParameterKind.Flag
        : member.PropertyType.IsArray ? ParameterKind.List
        : member.Name == nameof(ICompileMusl.Jobs) ? ParameterKind.Number
        : ParameterKind.Text;
}
