namespace L4ReMusl.HostTools;

/// <summary>A program of the host that the build calls.</summary>
/// <param name="Programs">Its name; or several, of which the first that is there is used.</param>
/// <param name="Package">The Debian package that brings it; <see langword="null"/> if no package can be named.</param>
/// <param name="Needs">What it is needed for.</param>
public sealed record HostTool(IReadOnlyList<string> Programs, string? Package, IReadOnlyList<ToolNeed> Needs)
{
    /// <summary>The arguments with which it says its version, whatever its exit code.</summary>
    public IReadOnlyList<string> VersionArguments { get; init; } = ["--version"];

    /// <summary>Whether it is a file to read, named by its path, and not a program.</summary>
    public bool IsData { get; init; }

    /// <summary>Whether the build works without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether it is installed where that is possible, and done without elsewhere: what needs it will say so.</summary>
    public bool IsWanted { get; init; }

    /// <summary>What to do if it is missing and no package brings it: the rest of a sentence.</summary>
    public string? Remedy { get; init; }

    /// <summary>The name that stands for it.</summary>
    public string Name => Programs[0];

    /// <summary>What it is needed for, as a person reads it.</summary>
    public string NeededFor => string.Join(", ", Needs.Select(Describe)) + (IsOptional ? " (optional)" : "");

    static string Describe(ToolNeed need) => need switch
    {
        ToolNeed.SelfTest => "self-test",
        ToolNeed.RustTest => "rust test",
        _ => need.ToString().ToLowerInvariant(),
    };
}
