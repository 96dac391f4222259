using System.Reflection;
using Nuke.Common.Execution;

namespace Nuke.Common.ValueInjection;

/// <summary>Gives parameters their values.</summary>
sealed class InjectParameterValuesAttribute : BuildExtensionAttributeBase, IOnBuildCreated
{
    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets)
    {
        NukeBuild.Parameters.Files = new ParameterFiles(Build.RootDirectory, NukeBuild.LoadedLocalProfiles, Build.GetType());
        ValueInjector.Inject(Build, x => x.GetType() == typeof(ParameterAttribute));
    }
}

/// <summary>Gives the members with other injection attributes their values.</summary>
sealed class InjectNonParameterValuesAttribute : BuildExtensionAttributeBase, IOnBuildInitialized
{
    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan) =>
        ValueInjector.Inject(Build, x => x.GetType() != typeof(ParameterAttribute));
}

static class ValueInjector
{
    /// <summary>The parameters of <see cref="NukeBuild"/> that are more than a description for the help.</summary>
    static readonly string[] s_ownMembers =
        [nameof(NukeBuild.Plan), nameof(NukeBuild.Help), nameof(NukeBuild.Continue), nameof(NukeBuild.NoLogo), nameof(NukeBuild.Verbosity)];

    /// <summary>Injects base classes first. Properties of interfaces have no storage and look up their value themselves.</summary>
    public static void Inject(INukeBuild build, Func<ValueInjectionAttributeBase, bool> filter)
    {
        var members = BuildMembers.GetInjected(build.GetType())
            .Where(x => filter(x.Attribute) && !x.Member.DeclaringType.IsInterface)
            .Where(x => x.Member.DeclaringType != typeof(NukeBuild) || s_ownMembers.Contains(x.Member.Name))
            .OrderBy(x => Depth(x.Member.DeclaringType))
            .ThenByDescending(x => x.Attribute.Priority);
        foreach (var (member, attribute) in members)
        {
            attribute.Build = build;
            if (attribute.TryGetValue(member, build) is { } value)
                SetValue(member, build, value);
        }
    }

    static int Depth(Type type) => type.BaseType is null ? 0 : 1 + Depth(type.BaseType);

    static void SetValue(MemberInfo member, INukeBuild build, object value)
    {
        Assert.True(
            BuildMembers.TypeOf(member).IsInstanceOfType(value),
            $"Member '{member.Name}' must be of type '{value.GetType().Name}' to take the value of its injection attribute");
        var field = member as FieldInfo ?? member.DeclaringType.GetField(
            $"<{member.Name}>k__BackingField",
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic);
        if (field is not null)
            field.SetValue(field.IsStatic ? null : build, value);
        else if (member is PropertyInfo { SetMethod: { } setter })
            setter.Invoke(setter.IsStatic ? null : build, [value]);
        else
            Assert.Fail($"Property '{member.Name}' is not settable");
    }
}
