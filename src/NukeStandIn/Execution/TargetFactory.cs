using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Makes the targets of a build from its properties of type <see cref="Target"/>.</summary>
static class TargetFactory
{
    public static IReadOnlyCollection<ExecutableTarget> CreateAll<T>(T build, Expression<Func<T, Target>>[] defaultTargets)
        where T : NukeBuild
    {
        var defaults = defaultTargets.Select(x => Evaluate(x, build)).ToList();
        var targets = BuildMembers.GetTargets(build.GetType()).Select(x => Create(x, build, defaults)).ToList();
        foreach (var target in targets)
            Connect(target, targets);
        return targets;
    }

    // Compiling the expression costs more than the rest of a build without work.
    static Target Evaluate<T>(Expression<Func<T, Target>> expression, T build) =>
        expression.Body is MemberExpression { Member: PropertyInfo property, Expression: ParameterExpression or UnaryExpression }
            ? (Target)property.GetValue(build)
            : expression.Compile(preferInterpretation: true)(build);

    static ExecutableTarget Create(PropertyInfo property, NukeBuild build, List<Target> defaults)
    {
        var definition = new TargetDefinition(property, build, OverriddenProperties(property, build.GetType()));
        var factory = (Target)property.GetValue(build);
        factory(definition);
        return new ExecutableTarget
        {
            Name = BuildMembers.ShortName(property),
            Member = property,
            Definition = definition,
            Description = definition.Description,
            Factory = factory,
            IsDefault = defaults.Contains(factory),
            DynamicConditions = definition.DynamicConditions,
            StaticConditions = definition.StaticConditions,
            DependencyBehavior = definition.DependencyBehavior,
            ProceedAfterFailure = definition.IsProceedAfterFailure,
            AssuredAfterFailure = definition.IsAssuredAfterFailure,
            DelegateRequirements = definition.Requirements,
            Actions = definition.Actions,
            Listed = !definition.IsUnlisted,
            ArtifactProducts = definition.ArtifactProducts,
        };
    }

    /// <summary>The public properties of that name in the base classes, the nearest on top.</summary>
    static Stack<PropertyInfo> OverriddenProperties(PropertyInfo property, Type buildType)
    {
        var overridden = new List<PropertyInfo>();
        for (var type = buildType.BaseType; type is not null && type != typeof(NukeBuild); type = type.BaseType)
        {
            if (type.GetProperty(property.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly) is { } declared)
                overridden.Insert(0, declared);
        }

        return new Stack<PropertyInfo>(overridden);
    }

    static void Connect(ExecutableTarget target, List<ExecutableTarget> all)
    {
        target.ExecutionDependencies.AddRange(Related(x => x.DependsOnTargets, x => x.DependentForTargets));
        target.OrderDependencies.AddRange(Related(x => x.AfterTargets, x => x.BeforeTargets));
        target.TriggerDependencies.AddRange(Related(x => x.TriggeredByTargets, x => x.TriggersTargets));
        target.Triggers.AddRange(Related(x => x.TriggersTargets, x => x.TriggeredByTargets));
        foreach (var consumed in target.Definition.ConsumedTargets)
            Find(consumed);

        Assert.True(
            target.AllDependencies.Concat(target.Triggers).All(x => x != target),
            $"Target '{target.Name}' cannot have a dependency on itself");

        IEnumerable<ExecutableTarget> Related(Func<TargetDefinition, List<Target>> direct, Func<TargetDefinition, List<Target>> reverse) =>
            direct(target.Definition).Select(Find)
                .Concat(all.Where(x => x != target && reverse(x.Definition).Contains((Target)target.Factory)));

        ExecutableTarget Find(Target factory) =>
            all.SingleOrDefault(x => x.Factory.Equals(factory))
            ?? throw new InvalidOperationException($"Target '{target.Name}' refers to a target that is not one of this build");
    }
}
