namespace L4ReMusl.HostTools;

/// <summary>What was found out about a host tool.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Path">Where it is; <see langword="null"/> if it was not found.</param>
/// <param name="Version">Its version; <see langword="null"/> if it was not asked, or did not answer.</param>
public sealed record ToolStatus(HostTool Tool, string? Path, string? Version = null)
{
    /// <summary>Whether the build cannot go on without it.</summary>
    public bool IsMissing => Path is null && !Tool.IsOptional;

    /// <summary>The state in words.</summary>
    public string State => Path is not null ? "there" : IsMissing ? "MISSING" : "not there";
}
