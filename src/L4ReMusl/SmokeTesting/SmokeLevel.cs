namespace L4ReMusl.SmokeTesting;

/// <summary>How far a smoke test goes; each level includes those before it.</summary>
public enum SmokeLevel
{
    /// <summary>The files: ELF headers, images, owners and modes.</summary>
    Files = 1,

    /// <summary>Programs of the root file system, in user-mode emulation.</summary>
    UserMode = 2,

    /// <summary>The whole system, booted in an emulated machine.</summary>
    Boot = 3,
}

/// <summary>The levels in words.</summary>
public static class SmokeLevels
{
    /// <summary>All levels, as a sentence lists them.</summary>
    public static string Explained => string.Join(", ", Enum.GetValues<SmokeLevel>().Select(level => $"{(int)level} ({Name(level)})"));

    /// <summary>A level's name.</summary>
    public static string Name(this SmokeLevel level) => level switch
    {
        SmokeLevel.Files => "files and images",
        SmokeLevel.UserMode => "programs in user-mode emulation",
        _ => "boot in QEMU",
    };
}
