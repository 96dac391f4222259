using System.Linq.Expressions;
using System.Reflection;
using System.Text;

namespace Nuke.Common.ValueInjection;

/// <summary>Finds the members of a build, including the default implementations of its interfaces.</summary>
static class BuildMembers
{
    const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    const BindingFlags All = Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The targets in the order that decides between independent ones: the class first, then its interfaces.</summary>
    public static IEnumerable<PropertyInfo> GetTargets(Type buildType)
    {
        var own = buildType.GetProperties(Instance).Where(x => IsTarget(x) && !x.Name.Contains('.')).ToList();
        var inherited = FromInterfaces(buildType, x => x.GetProperties(Instance).Where(IsTarget))
            .GroupBy(x => x.Name)
            .Select(x => MostDerived([.. x], buildType))
            .Select(x => (PropertyInfo)ImplementationOf(x, buildType));
        return own.Concat(inherited);
    }

    /// <summary>The fields and properties with an injection attribute, by name.</summary>
    public static IReadOnlyList<(MemberInfo Member, ValueInjectionAttributeBase Attribute)> GetInjected(Type buildType)
    {
        var own = Injectable(buildType).Where(x => !x.Name.Contains('.'));
        var inherited = FromInterfaces(buildType, Injectable).Select(x => ImplementationOf(x, buildType));
        return
        [
            .. own.Concat(inherited)
                .Where(x => x.IsDefined(typeof(ValueInjectionAttributeBase)))
                .OrderBy(x => x.Name, StringComparer.InvariantCulture)
                .Select(x => (x, x.GetCustomAttribute<ValueInjectionAttributeBase>())),
        ];

        static IEnumerable<MemberInfo> Injectable(Type type) =>
            type.GetProperties(All).Concat<MemberInfo>(type.GetFields(All)).Where(x => x.IsDefined(typeof(ValueInjectionAttributeBase)));
    }

    /// <summary>The member that a lambda reads.</summary>
    public static MemberInfo Of(LambdaExpression expression) =>
        ((MemberExpression)(expression.Body is UnaryExpression conversion ? conversion.Operand : expression.Body)).Member;

    public static Type TypeOf(MemberInfo member) =>
        member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    public static object GetValue(MemberInfo member, object instance) => member switch
    {
        FieldInfo field => field.GetValue(field.IsStatic ? null : instance),
        PropertyInfo { GetMethod: { } getter } => getter.Invoke(getter.IsStatic ? null : instance, null),
        _ => throw new NotSupportedException($"Member '{member.Name}' can't be read"),
    };

    /// <summary>The name without the interface of an explicit implementation.</summary>
    public static string ShortName(MemberInfo member) => member.Name[(member.Name.LastIndexOf('.') + 1)..];

    public static string DisplayName(MemberInfo member) => $"{member.DeclaringType.Name}.{ShortName(member)}";

    /// <summary>The name of a parameter with the prefix of its interface.</summary>
    public static string ParameterName(MemberInfo member) =>
        member.DeclaringType.GetCustomAttribute<ParameterPrefixAttribute>(inherit: false)?.Prefix
        + (member.GetCustomAttribute<ParameterAttribute>().Name ?? member.Name);

    /// <summary>The name of a parameter for the help, <c>--musl-version</c> without the leading dashes.</summary>
    public static string DashedParameterName(MemberInfo member)
    {
        var text = new StringBuilder();
        var afterLower = false;
        foreach (var character in ParameterName(member))
        {
            var isNewWord = afterLower && char.IsUpper(character);
            afterLower = char.IsLower(character);
            text.Append(isNewWord ? "-" : string.Empty).Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }

    static bool IsTarget(PropertyInfo property) => property.PropertyType == typeof(Target);

    static IEnumerable<T> FromInterfaces<T>(Type buildType, Func<Type, IEnumerable<T>> members)
        where T : MemberInfo =>
        buildType.GetInterfaces().Where(x => x != typeof(INukeBuild)).SelectMany(members)
            .Where(x => buildType.GetMember(x.Name).Length == 0);

    static MemberInfo ImplementationOf(MemberInfo member, Type buildType) =>
        buildType.GetMember($"{member.DeclaringType.FullName.Replace('+', '.')}.{member.Name}", Instance).SingleOrDefault() ?? member;

    static PropertyInfo MostDerived(PropertyInfo[] candidates, Type buildType)
    {
        var interfaces = string.Join(", ", candidates.Select(x => x.DeclaringType.Name));
        Assert.True(
            buildType.GetProperty(candidates[0].Name, Instance) is null,
            $"Target '{candidates[0].Name}' must be public to replace the one of {interfaces}");
        return candidates.FirstOrDefault(x => candidates.All(y => y.DeclaringType.IsAssignableFrom(x.DeclaringType)))
            ?? throw new ArgumentException(
                $"Target '{candidates[0].Name}' must be implemented in '{buildType.Name}', because several interfaces declare it: {interfaces}");
    }
}
