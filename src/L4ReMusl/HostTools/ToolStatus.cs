namespace L4ReMusl.HostTools;

/// <summary>What was found of a host tool.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Path">Where it is; <see langword="null"/> if it is nowhere.</param>
/// <param name="Version">Its version, if it was asked and said one.</param>
public sealed record ToolStatus(HostTool Tool, string? Path, string? Version = null)
{
    /// <summary>Whether the build cannot go on without it.</summary>
    public bool IsMissing => Path is null && !Tool.IsOptional;

    /// <summary>The state as a person reads it.</summary>
    public string State => Path is not null ? "there" : IsMissing ? "MISSING" : "not there";
}
