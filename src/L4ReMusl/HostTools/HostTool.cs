namespace L4ReMusl.HostTools;

/// <summary>A program of the host that the build calls.</summary>
/// <param name="Programs">Its name, or several alternatives, of which the first that exists is used.</param>
/// <param name="Package">The Debian package that contains it; <see langword="null"/> if there is none.</param>
/// <param name="Needs">What it is needed for.</param>
public sealed record HostTool(IReadOnlyList<string> Programs, string? Package, IReadOnlyList<ToolNeed> Needs)
{
    /// <summary>
    /// The arguments that make it print its version, whatever its exit code; <see langword="null"/> if there are none.
    /// </summary>
    public IReadOnlyList<string>? VersionArguments { get; init; } = ["--version"];

    /// <summary>Whether it is a data file, named by its path, and not a program.</summary>
    public bool IsData { get; init; }

    /// <summary>Whether the build works without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>
    /// Whether to install it if possible, and to go on without it otherwise. What needs it reports that it is missing.
    /// </summary>
    public bool IsWanted { get; init; }

    /// <summary>
    /// What to do if it is missing and no package contains it, or what else is possible: the end of a sentence.
    /// </summary>
    public string? Remedy { get; init; }

    /// <summary>The name that stands for it.</summary>
    public string Name => Programs[0];

    /// <summary>What it is needed for, for people.</summary>
    public string NeededFor => string.Join(", ", Needs.Select(Describe)) + (IsOptional ? " (optional)" : "");

    static string Describe(ToolNeed need) => need switch
    {
        ToolNeed.SelfTest => "self-test",
        ToolNeed.RustTest => "rust test",
        _ => need.ToString().ToLowerInvariant(),
    };
}
