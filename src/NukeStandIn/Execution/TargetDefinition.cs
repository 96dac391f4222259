using System.Linq.Expressions;
using System.Reflection;

namespace Nuke.Common.Execution;

/// <summary>Records what the definition of one target says.</summary>
sealed class TargetDefinition(PropertyInfo target, INukeBuild build, Stack<PropertyInfo> baseTargets) : ITargetDefinition
{
    public string Description { get; private set; }
    public List<Action> Actions { get; } = [];
    public List<(string Text, Func<bool> Delegate)> DynamicConditions { get; } = [];
    public List<(string Text, Func<bool> Delegate)> StaticConditions { get; } = [];
    public List<LambdaExpression> Requirements { get; } = [];
    public List<Target> DependsOnTargets { get; } = [];
    public List<Target> DependentForTargets { get; } = [];
    public List<Target> BeforeTargets { get; } = [];
    public List<Target> AfterTargets { get; } = [];
    public List<Target> TriggersTargets { get; } = [];
    public List<Target> TriggeredByTargets { get; } = [];
    public List<Target> ConsumedTargets { get; } = [];
    public List<string> ArtifactProducts { get; } = [];
    public DependencyBehavior DependencyBehavior { get; private set; }
    public bool IsAssuredAfterFailure { get; private set; }
    public bool IsProceedAfterFailure { get; private set; }
    public bool IsUnlisted { get; private set; }

    ITargetDefinition ITargetDefinition.Description(string description) => With(() => Description = description);

    public ITargetDefinition Executes(params Action[] actions) => With(() => Actions.AddRange(actions));

    public ITargetDefinition Executes<T>(Func<T> action) => With(() => Actions.Add(() => action()));

    public ITargetDefinition Executes(Func<Task> action) => With(() => Actions.Add(() => action().GetAwaiter().GetResult()));

    public ITargetDefinition DependsOn(params Target[] targets) => With(() => DependsOnTargets.AddRange(targets));

    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) => DependsOn(Resolve(targets));

    public ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets) => build is T ? DependsOn(targets) : this;

    public ITargetDefinition DependentFor(params Target[] targets) => With(() => DependentForTargets.AddRange(targets));

    public ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets) => DependentFor(Resolve(targets));

    public ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets) => build is T ? DependentFor(targets) : this;

    public ITargetDefinition Before(params Target[] targets) => With(() => BeforeTargets.AddRange(targets));

    public ITargetDefinition Before<T>(params Func<T, Target>[] targets) => Before(Resolve(targets));

    public ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets) => build is T ? Before(targets) : this;

    public ITargetDefinition After(params Target[] targets) => With(() => AfterTargets.AddRange(targets));

    public ITargetDefinition After<T>(params Func<T, Target>[] targets) => After(Resolve(targets));

    public ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets) => build is T ? After(targets) : this;

    public ITargetDefinition Triggers(params Target[] targets) => With(() => TriggersTargets.AddRange(targets));

    public ITargetDefinition Triggers<T>(params Func<T, Target>[] targets) => Triggers(Resolve(targets));

    public ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets) => build is T ? Triggers(targets) : this;

    public ITargetDefinition TriggeredBy(params Target[] targets) => With(() => TriggeredByTargets.AddRange(targets));

    public ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets) => TriggeredBy(Resolve(targets));

    public ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets) => build is T ? TriggeredBy(targets) : this;

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string conditionExpression = null) =>
        With(() => DynamicConditions.Add((ConditionText.Normalize(conditionExpression), condition)));

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string conditionExpression = null) =>
        With(() => StaticConditions.Add((ConditionText.Normalize(conditionExpression), condition)));

    public ITargetDefinition Requires<T>(Expression<Func<T>> parameterRequirement, params Expression<Func<T>>[] parameterRequirements)
        where T : class =>
        With(() => Requirements.AddRange([parameterRequirement, .. parameterRequirements]));

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct =>
        With(() => Requirements.AddRange([parameterRequirement, .. parameterRequirements]));

    public ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements) =>
        With(() => Requirements.AddRange([requirement, .. requirements]));

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior) => With(() => DependencyBehavior = dependencyBehavior);

    public ITargetDefinition AssuredAfterFailure() => With(() => IsAssuredAfterFailure = true);

    public ITargetDefinition ProceedAfterFailure() => With(() => IsProceedAfterFailure = true);

    public ITargetDefinition Unlisted() => With(() => IsUnlisted = true);

    public ITargetDefinition Base()
    {
        Assert.True(
            baseTargets.Count > 0,
            $"Target '{target.DeclaringType}.{target.Name}' does not override one of a base class;"
            + $" for the default implementation of an interface use {nameof(Inherit)}<T>.");
        return Inherit(NonVirtual(baseTargets.Pop()));
    }

    public ITargetDefinition Inherit(params Target[] targets)
    {
        foreach (var inherited in targets)
            inherited(this);
        return this;
    }

    public ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets)
    {
        var properties = targets.Select(x => (PropertyInfo)((MemberExpression)x.Body).Member).ToList();
        return Inherit([.. (properties.Count > 0 ? properties : [SingleTarget<T>()]).Select(NonVirtual)]);
    }

    public ITargetDefinition Produces(params string[] artifacts) => With(() => ArtifactProducts.AddRange(artifacts));

    public ITargetDefinition Consumes(params Target[] targets) => With(() => ConsumedTargets.AddRange(targets));

    public ITargetDefinition Consumes<T>(params Func<T, Target>[] targets) => Consumes(Resolve(targets));

    TargetDefinition With(Action change)
    {
        change();
        return this;
    }

    Target[] Resolve<T>(Func<T, Target>[] targets) =>
        targets.Length > 0
            ? [.. targets.Select(x => x((T)build))]
            : [(Target)SingleTarget<T>().GetValue(build)];

    PropertyInfo SingleTarget<T>()
    {
        var targets = typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(x => x.PropertyType == typeof(Target)).ToList();
        Assert.True(
            targets.Count == 1,
            $"Target '{target.DeclaringType}.{target.Name}' must say which target of '{typeof(T).Name}' it means, because that"
            + $" declares {(targets.Count == 0 ? "none" : string.Join(", ", targets.Select(x => x.Name)))}.");
        return targets[0];
    }

    // A delegate made from the function pointer calls this very implementation; reflection would call the overriding one.
    Target NonVirtual(PropertyInfo property) =>
        ((Func<Target>)Activator.CreateInstance(typeof(Func<Target>), build, property.GetMethod.MethodHandle.GetFunctionPointer()))();
}
