namespace L4ReMusl.Components;

/// <summary>What became of a component.</summary>
public enum ComponentState
{
    /// <summary>It was built in this run.</summary>
    Built,

    /// <summary>It came from the user's cache.</summary>
    FromCache,

    /// <summary>It was there already, and nothing that it depends on has changed.</summary>
    UpToDate,

    /// <summary>It was not built, because it was not selected, or something that it depends on failed.</summary>
    Skipped,

    /// <summary>It could not be built.</summary>
    Failed,
}

/// <summary>What became of a component, and what there is to say of it.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Note">Figures, or the reason.</param>
public sealed record ComponentOutcome(ComponentState State, string Note)
{
    /// <summary>Whether it can be used.</summary>
    public bool IsThere => State is ComponentState.Built or ComponentState.FromCache or ComponentState.UpToDate;

    /// <summary>The state in words.</summary>
    public string Words => State switch
    {
        ComponentState.Built => "built",
        ComponentState.FromCache => "from the cache",
        ComponentState.UpToDate => "up to date",
        ComponentState.Skipped => "skipped",
        _ => "FAILED",
    };
}
