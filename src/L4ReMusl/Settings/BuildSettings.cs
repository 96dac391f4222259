using L4ReMusl.Boot;
using L4ReMusl.Images;
using L4ReMusl.L4Re;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Smoke;

namespace L4ReMusl.Settings;

/// <summary>What the user asked for, validated. The properties name the values that several places use.</summary>
/// <param name="Given">What the user gave.</param>
public sealed record BuildSettings(RawSettings Given)
{
    /// <summary>The value of a parameter, or its default.</summary>
    public T Get<T>(Parameter<T> parameter) => parameter.Parse(Given.Of(parameter));

    /// <summary>The architectures to build, in the catalogue's order.</summary>
    public required IReadOnlyList<Architecture> Architectures { get; init; }

    /// <summary>All architectures, whether or not the user selected them.</summary>
    public required IReadOnlyList<Architecture> KnownArchitectures { get; init; }

    /// <summary>The user's tool prefixes by architecture name; other architectures use the usual prefixes.</summary>
    public required IReadOnlyDictionary<string, string> CrossPrefixes { get; init; }

    /// <summary>The user's L4Re tree; <see langword="null"/> if there is none.</summary>
    public L4ReTree? Tree { get; init; }

    /// <summary>The flavours of musl to build; empty if the user named none, and the targets decide.</summary>
    public IReadOnlyList<Flavour> Flavours => Get(Parameters.Flavours);

    /// <summary>The names of the components of root file systems; the catalogue adds their dependencies.</summary>
    public IReadOnlyList<string> Components => Get(Parameters.Components);

    /// <summary>The formats of the images to make, in the catalogue's order.</summary>
    public IReadOnlyList<IImageFormat> ImageFormats => Get(Parameters.ImageFormats);

    /// <summary>Whether the prefixes have C++.</summary>
    public bool HasCxx => Get(Parameters.Languages).Contains(Language.Cxx);

    /// <summary>The version of musl; the catalogue decides whether it exists.</summary>
    public string MuslVersion => Get(Parameters.MuslVersion);

    /// <summary>Folders or URLs to try first when fetching archives.</summary>
    public IReadOnlyList<string> Mirrors => Get(Parameters.Mirrors);

    /// <summary>Files and folders with advisories to check against; if empty, the project's own.</summary>
    public IReadOnlyList<string> Advisories => Get(Parameters.Advisories);

    /// <summary>Whether the network must not be used.</summary>
    public bool Offline => Get(Parameters.Offline);

    /// <summary>Whether missing host tools may be installed.</summary>
    public bool MayProvision => !Get(Parameters.NoProvision);

    /// <summary>
    /// The Debian mirror for kernels and sources; <see langword="null"/> for the host's own mirrors.
    /// </summary>
    public string? DebianMirror => Get(Parameters.DebianMirror);

    /// <summary>The names of the Rust targets to build for; if empty, those of the selected architectures.</summary>
    public IReadOnlyList<string> RustTargets => Get(Parameters.RustTargets);

    /// <summary>
    /// The kernel's headers that go into the prefixes for an architecture; <see langword="null"/> if the user wants none.
    /// </summary>
    /// <exception cref="BuildException">The architecture's file does not name them.</exception>
    public KernelHeaders? KernelHeadersOf(Architecture architecture) => Get(Parameters.KernelHeaders)
        ? KernelHeaders.Of(architecture, $"prefixes with {Parameters.KernelHeaders.Option}", "leave that out")
        : null;

    /// <summary>Whether to keep musl's debug symbols.</summary>
    public bool DebugSymbols => Get(Parameters.DebugSymbols);

    /// <summary>How far the smoke test goes.</summary>
    public SmokeLevel SmokeLevel => Get(Parameters.SmokeLevel);

    /// <summary>Whether to look for newer kernels instead of using those in the cache.</summary>
    public bool UpdateKernels => Get(Parameters.UpdateKernels);

    /// <summary>
    /// The L4Re boot image for the target Run; <see langword="null"/> for the root file system under Linux.
    /// </summary>
    public BootEntry? BootImage => Get(Parameters.BootImage);

    /// <summary>How many jobs may run at the same time.</summary>
    public int Jobs => Get(Parameters.Jobs);

    /// <summary>Whether a failure lets the other stages be finished.</summary>
    public bool KeepGoing => Get(Parameters.KeepGoing);

    /// <summary>A program that runs the compiler, such as <c>ccache</c>; <see langword="null"/> if there is none.</summary>
    public CompilerLauncher? CompilerLauncher =>
        Get(Parameters.CompilerLauncher) is { } program ? new CompilerLauncher(program) : null;

    /// <summary>The user's cache of downloads and compiled results.</summary>
    public string CacheFolder => Get(Parameters.CacheFolder);
}
