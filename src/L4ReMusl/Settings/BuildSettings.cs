using L4ReMusl.Boot;
using L4ReMusl.Images;
using L4ReMusl.L4Re;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Smoke;

namespace L4ReMusl.Settings;

/// <summary>What the user asked for, checked.</summary>
public sealed record BuildSettings
{
    /// <summary>The architectures to build, in the catalogue's order.</summary>
    public required IReadOnlyList<Architecture> Architectures { get; init; }

    /// <summary>The flavours of musl to build; empty if the user named none, and the targets decide.</summary>
    public required IReadOnlyList<Flavour> Flavours { get; init; }

    /// <summary>The names of what goes into root file systems; the catalogue decides whether they exist, and what else they need.</summary>
    public required IReadOnlyList<string> Components { get; init; }

    /// <summary>The formats of the images to make, in the catalogue's order.</summary>
    public required IReadOnlyList<IImageFormat> ImageFormats { get; init; }

    /// <summary>The user's tool prefixes, by the architecture's name; the usual ones are tried for the rest.</summary>
    public required IReadOnlyDictionary<string, string> CrossPrefixes { get; init; }

    /// <summary>The version of musl; the catalogue decides whether it exists.</summary>
    public required string MuslVersion { get; init; }

    /// <summary>Folders or URLs that are asked for archives before anybody else.</summary>
    public required IReadOnlyList<string> Mirrors { get; init; }

    /// <summary>Files and folders with advisories to compare with; the project's own if empty.</summary>
    public required IReadOnlyList<string> Advisories { get; init; }

    /// <summary>Whether the network must not be used.</summary>
    public required bool Offline { get; init; }

    /// <summary>Whether missing host tools may be installed.</summary>
    public required bool MayProvision { get; init; }

    /// <summary>The mirror of Debian's archive that kernels come from; <see langword="null"/> for those that the host uses.</summary>
    public required string? DebianMirror { get; init; }

    /// <summary>The names of Rust's targets to work on; those of the selected architectures if empty.</summary>
    public required IReadOnlyList<string> RustTargets { get; init; }

    /// <summary>How far the smoke test goes.</summary>
    public required SmokeLevel SmokeLevel { get; init; }

    /// <summary>Whether to look for newer kernels, instead of using those in the cache.</summary>
    public required bool UpdateKernels { get; init; }

    /// <summary>The user's L4Re; <see langword="null"/> if there is none.</summary>
    public required L4ReTree? Tree { get; init; }

    /// <summary>The boot image of L4Re that is booted at the terminal; <see langword="null"/> for the root file system under Linux.</summary>
    public required BootEntry? BootImage { get; init; }

    /// <summary>How to compile.</summary>
    public required CompileOptions Compile { get; init; }

    /// <summary>The user's cache of downloads and compiled results.</summary>
    public required string CacheFolder { get; init; }
}
