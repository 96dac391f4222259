namespace Nuke.Common;

/// <summary>Defines a target: <c>Target Compile => _ => _.DependsOn(Patch).Executes(...)</c>.</summary>
public delegate ITargetDefinition Target(ITargetDefinition definition);

/// <summary>What happens to the dependencies of a target that is skipped.</summary>
public enum DependencyBehavior
{
    /// <summary>Dependencies that no other target needs are skipped too (the default).</summary>
    Skip,

    /// <summary>Dependencies run nevertheless.</summary>
    Execute,
}
