namespace L4ReMusl.Smoke;

/// <summary>How far a smoke test goes; each level includes those before it.</summary>
public enum SmokeLevel
{
    /// <summary>The files: ELF headers, images, owners and modes.</summary>
    Files = 1,

    /// <summary>Programs of the root file system, in user-mode emulation.</summary>
    UserMode = 2,

    /// <summary>The whole system, booted in an emulated machine.</summary>
    Boot = 3,

    /// <summary>The boot images of L4Re, which need the user's L4Re tree.</summary>
    L4Re = 4,
}

/// <summary>The levels in words.</summary>
public static class SmokeLevels
{
    /// <summary>All levels, as a sentence lists them.</summary>
    public static string Explained =>
        string.Join(", ", Enum.GetValues<SmokeLevel>().Select(level => $"{Word(level)} ({Name(level)})"));

    /// <summary>All levels, as users type them.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<SmokeLevel>().Select(Word)];

    /// <summary>A level as users type it.</summary>
    public static string Word(this SmokeLevel level) => level == SmokeLevel.L4Re ? "l4re" : $"{(int)level}";

    /// <summary>A level's name.</summary>
    public static string Name(this SmokeLevel level) => level switch
    {
        SmokeLevel.Files => "files and images",
        SmokeLevel.UserMode => "programs in user-mode emulation",
        SmokeLevel.Boot => "boot in QEMU",
        _ => "boot on L4Re in QEMU",
    };
}
