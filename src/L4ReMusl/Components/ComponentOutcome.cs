namespace L4ReMusl.Components;

/// <summary>The state of a component after a run.</summary>
public enum ComponentState
{
    /// <summary>It was built in this run.</summary>
    Built,

    /// <summary>It came from the user's cache.</summary>
    FromCache,

    /// <summary>It came from a cache that several machines share.</summary>
    FromRemoteCache,

    /// <summary>It was already there, and its inputs have not changed.</summary>
    UpToDate,

    /// <summary>It was not built, because it was not selected, or because a component that it depends on failed.</summary>
    Skipped,

    /// <summary>It could not be built.</summary>
    Failed,
}

/// <summary>The state of a component after a run, and a note.</summary>
/// <param name="State">The state.</param>
/// <param name="Note">Its version and description, or why it was not built.</param>
public sealed record ComponentOutcome(ComponentState State, string Note)
{
    /// <summary>Whether it can be used.</summary>
    public bool IsThere => State is not (ComponentState.Skipped or ComponentState.Failed);

    /// <summary>The state in words.</summary>
    public string Words => State switch
    {
        ComponentState.Built => "built",
        ComponentState.FromCache => "from the cache",
        ComponentState.FromRemoteCache => "from the remote cache",
        ComponentState.UpToDate => "up to date",
        ComponentState.Skipped => "skipped",
        _ => "FAILED",
    };
}
