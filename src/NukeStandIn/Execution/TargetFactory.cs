using System.Linq.Expressions;
using System.Reflection;

namespace Nuke.Common.Execution;

/// <summary>Makes the targets of a build from its properties of type <see cref="Target"/>.</summary>
static class TargetFactory
{
    /// <summary>The targets in the order that decides between independent ones: the class first, then its interfaces.</summary>
    public static IReadOnlyCollection<ExecutableTarget> CreateAll<T>(T build, Expression<Func<T, Target>>[] defaultTargets)
        where T : NukeBuild
    {
        var defaults = defaultTargets.Select(x => (PropertyInfo)((MemberExpression)x.Body).Member).Select(Factory).ToList();
        var types = typeof(T).GetInterfaces().Where(x => x != typeof(INukeBuild)).Prepend(typeof(T));
        var definitions = types.SelectMany(TargetsOf).Select(Define).ToDictionary();
        foreach (var (target, definition) in definitions)
        {
            target.ExecutionDependencies.AddRange(definition.DependsOnTargets.Select(x => Find(x, target)));
            target.OrderDependencies.AddRange(definition.AfterTargets.Select(x => Find(x, target)));
            foreach (var later in definition.BeforeTargets)
                Find(later, target).OrderDependencies.Add(target);
        }

        return definitions.Keys;

        Target Factory(PropertyInfo property) => (Target)property.GetValue(build);

        KeyValuePair<ExecutableTarget, TargetDefinition> Define(PropertyInfo property)
        {
            var factory = Factory(property);
            var target = new ExecutableTarget
            {
                Name = property.Name,
                Member = property,
                Factory = factory,
                IsDefault = defaults.Contains(factory),
            };
            var definition = new TargetDefinition(target);
            factory(definition);
            return new(target, definition);
        }

        ExecutableTarget Find(Target factory, ExecutableTarget user) =>
            definitions.Keys.SingleOrDefault(x => x.Factory.Equals(factory))
            ?? throw new InvalidOperationException($"Target '{user.Name}' refers to a target that is not in this build");
    }

    static IEnumerable<PropertyInfo> TargetsOf(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(x => x.PropertyType == typeof(Target));
}
