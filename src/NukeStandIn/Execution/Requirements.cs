using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>
/// Checks what the scheduled targets, and members marked <see cref="RequiredAttribute"/>, require. Unlike NUKE in a
/// terminal, it never asks for a missing value.
/// </summary>
static class Requirements
{
    public static void Check(NukeBuild build)
    {
        foreach (var target in build.ScheduledTargets)
        {
            foreach (var requirement in target.DelegateRequirements)
                Check(requirement, target, build);
        }

        foreach (var (member, _) in BuildMembers.GetInjected(build.GetType()).Where(x => x.Member.IsDefined(typeof(RequiredAttribute))))
            Assert.False(IsMissing(member, build), $"Member '{NameOf(member)}' is required to be not null or empty");
    }

    static void Check(LambdaExpression requirement, ExecutableTarget target, NukeBuild build)
    {
        if (requirement is Expression<Func<bool>> condition)
        {
            Assert.True(condition.Compile(preferInterpretation: true)(), $"Target '{target.Name}' requires '{requirement.Body}'");
            return;
        }

        var member = BuildMembers.Of(requirement);
        var buildMember = member.DeclaringType == build.GetType()
            ? member
            : build.GetType().GetMember(member.Name).SingleOrDefault() ?? member;
        Assert.True(
            buildMember.IsDefined(typeof(ValueInjectionAttributeBase)),
            $"Member '{buildMember.Name}' is required from target '{target.Name}' but not marked with an injection attribute.");
        if (IsMissing(buildMember, build))
            Assert.Fail($"Target '{target.Name}' requires member '{NameOf(buildMember)}' to be not null or empty");
    }

    static bool IsMissing(MemberInfo member, NukeBuild build) =>
        BuildMembers.GetValue(member, build) switch
        {
            null => true,
            string text => string.IsNullOrWhiteSpace(text),
            _ => false,
        };

    static string NameOf(MemberInfo member) =>
        member.IsDefined(typeof(ParameterAttribute)) ? BuildMembers.ParameterName(member) : member.Name;
}
