using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>The fluent definition of a target.</summary>
public interface ITargetDefinition
{
    ITargetDefinition Description(string description);

    ITargetDefinition Executes(params Action[] actions);
    ITargetDefinition Executes<T>(Func<T> action);

    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>The target runs before others, if both run.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <summary>The target runs after others, if both run.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Skips the target, and what only it needs, when the condition is false before the first target runs.</summary>
    ITargetDefinition OnlyWhenStatic(
        Func<bool> condition, [CallerArgumentExpression("condition")] string conditionExpression = null);

    ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior);

    /// <summary>Names what a CI server publishes.</summary>
    ITargetDefinition Produces(params string[] artifacts);
}
