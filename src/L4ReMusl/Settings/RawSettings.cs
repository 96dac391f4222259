namespace L4ReMusl.Settings;

/// <summary>What the user typed, as the engine delivers it from the command line, the environment or a parameters file.</summary>
public sealed record RawSettings
{
    /// <summary>Names of architectures; all if empty.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>Names of flavours of musl; the usual ones if empty.</summary>
    public IReadOnlyList<string> Flavours { get; init; } = [];

    /// <summary>Names of components; the usual ones if empty.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Names of image formats; the usual ones if empty.</summary>
    public IReadOnlyList<string> ImageFormats { get; init; } = [];

    /// <summary>Tool prefixes, by the architecture's name; <see langword="null"/> where the user gave none.</summary>
    public IReadOnlyDictionary<string, string?> CrossPrefixes { get; init; } = new Dictionary<string, string?>();

    /// <summary>The version of musl.</summary>
    public string? MuslVersion { get; init; }

    /// <summary>The number of parallel jobs.</summary>
    public string? Jobs { get; init; }

    /// <summary>Places to ask for archives.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>Files and folders with advisories.</summary>
    public IReadOnlyList<string> Advisories { get; init; } = [];

    /// <summary>Whether the network must not be used.</summary>
    public bool Offline { get; init; }

    /// <summary>Whether host tools must not be installed.</summary>
    public bool NoProvision { get; init; }

    /// <summary>A program in front of the compiler.</summary>
    public string? CompilerLauncher { get; init; }

    /// <summary>Names of Rust's targets; those of the architectures if empty.</summary>
    public IReadOnlyList<string> RustTargets { get; init; } = [];

    /// <summary>The boot image of L4Re to run.</summary>
    public string? BootImage { get; init; }

    /// <summary>The last level of the smoke test.</summary>
    public string? SmokeLevel { get; init; }

    /// <summary>A mirror of Debian's archive.</summary>
    public string? DebianMirror { get; init; }

    /// <summary>Whether newer kernels are asked for.</summary>
    public bool UpdateKernels { get; init; }

    /// <summary>The source tree of the user's L4Re.</summary>
    public string? L4ReSource { get; init; }

    /// <summary>A build folder of it.</summary>
    public string? L4ReBuild { get; init; }

    /// <summary>The cache folder.</summary>
    public string? CacheFolder { get; init; }
}
