using L4ReMusl.Patching;

namespace L4ReMusl.Auditing;

/// <summary>What kind of thing it is, for those who list it.</summary>
public enum ThingKind
{
    /// <summary>Other programs are linked with it.</summary>
    Library,

    /// <summary>A program, or several.</summary>
    Application,

    /// <summary>A kernel.</summary>
    Kernel,
}

/// <summary>A piece of software that ends in results: what it is, and by which names advisories know it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Purl">Its package URL.</param>
public sealed record ShippedThing(string Name, string Version, ThingKind Kind, string Purl)
{
    /// <summary>What it is, in a few words.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its licence, as an SPDX expression; <see langword="null"/> if nobody has said.</summary>
    public string? Licence { get; init; }

    /// <summary>Vendor and product in the Common Platform Enumeration, such as <c>gnu:bash</c>.</summary>
    public string? Cpe { get; init; }

    /// <summary>SHA-256 of what it was made of or is; <see langword="null"/> if that is not one file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Where that lies in public; <see langword="null"/> if it lies in no place that could be named.</summary>
    public string? Url { get; init; }

    /// <summary>What was changed in it.</summary>
    public IReadOnlyList<Patch> Patches { get; init; } = [];

    /// <summary>The addresses of its repository; only host and path matter.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>The packages of distributions that are the same software, and whose advisories therefore count.</summary>
    public IReadOnlyList<PackageName> Packages { get; init; } = [];

    /// <summary>The name in the Common Platform Enumeration 2.3.</summary>
    public string? FullCpe => Cpe is null ? null
        : $"cpe:2.3:{(Kind == ThingKind.Kernel ? 'o' : 'a')}:{Cpe}:{Version.Split('-')[0]}:*:*:*:*:*:*:*";

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";
}

/// <summary>A package of a distribution.</summary>
/// <param name="Ecosystem">The distribution, in OSV's words: <c>Alpine</c> is any release of it, <c>Debian:12</c> one.</param>
/// <param name="Name">The name of the (source) package.</param>
public sealed record PackageName(string Ecosystem, string Name)
{
    /// <summary>Whether advisories for a package of an ecosystem are meant.</summary>
    public bool Covers(string ecosystem, string name) => name == Name
        && (ecosystem == Ecosystem || ecosystem.Split(':')[0] == Ecosystem || ecosystem == Ecosystem.Split(':')[0]);
}
