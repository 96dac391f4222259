using System.Diagnostics;
using System.Reflection;

namespace Nuke.Common.Execution;

/// <summary>A target with its relations to others and its state.</summary>
[DebuggerDisplay("{Name} ({Status})")]
public class ExecutableTarget
{
    internal Target Factory { get; init; }
    internal List<Action> Actions { get; } = [];
    internal Stopwatch Stopwatch { get; } = new();

    /// <summary>What the summary table shows after the duration.</summary>
    internal Dictionary<string, string> SummaryInformation { get; set; } = [];

    public string Name { get; init; }
    public MemberInfo Member { get; init; }
    public string Description { get; internal set; }
    public bool Listed => true;
    public bool IsDefault { get; init; }
    public bool Invoked { get; internal set; }
    public ExecutionStatus Status { get; internal set; }
    public List<(string Text, Func<bool> Delegate)> StaticConditions { get; } = [];
    public DependencyBehavior DependencyBehavior { get; internal set; }
    public List<ExecutableTarget> ExecutionDependencies { get; } = [];
    public List<ExecutableTarget> OrderDependencies { get; } = [];

    /// <summary>What a CI server publishes.</summary>
    public List<string> ArtifactProducts { get; } = [];

    /// <summary>Every target that comes before this one if both are in the plan.</summary>
    public IReadOnlyCollection<ExecutableTarget> AllDependencies => [.. ExecutionDependencies, .. OrderDependencies];
}
