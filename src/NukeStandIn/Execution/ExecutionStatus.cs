namespace Nuke.Common.Execution;

/// <summary>The state of a target in the plan. A <see cref="Collective"/> target has no actions.</summary>
public enum ExecutionStatus
{
    None,
    Scheduled,
    NotRun,
    Skipped,
    Succeeded,
    Failed,
    Running,
    Aborted,
    Collective,
}
