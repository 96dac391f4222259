namespace L4ReMusl.Stages;

/// <summary>
/// Keeps a stage that fills the annex of a result apart from those that read the result: whichever starts first ends first.
/// </summary>
sealed class AnnexOrder
{
    readonly List<(IStage Stage, Task Task)> started = [];

    /// <summary>Whether a stage fills the annex of a result that it needs.</summary>
    public static bool IsAnnex(IStage stage) => HostOf(stage) is not null;

    /// <summary>The stages that a stage must wait for, besides those that it needs.</summary>
    public IEnumerable<Task> Before(IStage stage) =>
        from other in started
        where HostOf(stage) is { } host ? other.Stage.Needs.Contains(host)
            : HostOf(other.Stage) is { } read && stage.Needs.Contains(read)
        select other.Task;

    /// <summary>Notes a stage that has been started.</summary>
    public void Add(IStage stage, Task task)
    {
        if (IsAnnex(stage) || stage.Needs.Any(need => need.Annex is not null))
            started.Add((stage, task));
    }

    static IStage? HostOf(IStage stage) =>
        stage.Needs.FirstOrDefault(need => need.Annex is { } annex && stage.Output == Path.Combine(need.Output, annex));
}
