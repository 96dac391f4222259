using L4ReMusl.Patching;

namespace L4ReMusl.Auditing;

/// <summary>The kind of software, for bills of materials.</summary>
public enum ThingKind
{
    /// <summary>Programs are linked with it.</summary>
    Library,

    /// <summary>One or more programs.</summary>
    Application,

    /// <summary>A kernel.</summary>
    Kernel,
}

/// <summary>A piece of software in the results: what it is, and the names that advisories use for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Purl">Its package URL.</param>
public sealed record ShippedThing(string Name, string Version, ThingKind Kind, string Purl)
{
    /// <summary>The project that releases it, whose name is in the tags of releases.</summary>
    public string Project { get; init; } = Name;

    /// <summary>What it is, in a few words.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its licence, as an SPDX expression; <see langword="null"/> if unknown.</summary>
    public string? Licence { get; init; }

    /// <summary>Vendor and product in the Common Platform Enumeration, such as <c>gnu:bash</c>.</summary>
    public string? Cpe { get; init; }

    /// <summary>SHA-256 of its archive or package; <see langword="null"/> if it was not made from a single file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The public URL of that file; <see langword="null"/> if there is none.</summary>
    public string? Url { get; init; }

    /// <summary>The page where its sources are, if they are not in that file; <see langword="null"/> if there is none.</summary>
    public string? SourcePage { get; init; }

    /// <summary>The patches applied to it.</summary>
    public IReadOnlyList<Patch> Patches { get; init; } = [];

    /// <summary>The URLs of its repository; only host and path matter.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>Distributions' packages of the same software, whose advisories count as well.</summary>
    public IReadOnlyList<PackageName> Packages { get; init; } = [];

    /// <summary>The name in the Common Platform Enumeration 2.3.</summary>
    public string? FullCpe => Cpe is null ? null
        : $"cpe:2.3:{(Kind == ThingKind.Kernel ? 'o' : 'a')}:{Cpe}:{Version.Split('-')[0]}:*:*:*:*:*:*:*";

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";
}

/// <summary>A package of a distribution.</summary>
/// <param name="Ecosystem">The distribution in OSV's terms: <c>Alpine</c> is any release of it, <c>Debian:12</c> one.</param>
/// <param name="Name">The name of the (source) package.</param>
public sealed record PackageName(string Ecosystem, string Name)
{
    /// <summary>Whether advisories for a package of an ecosystem apply to this one.</summary>
    public bool Covers(string ecosystem, string name) => name == Name
        && (ecosystem == Ecosystem || ecosystem.Split(':')[0] == Ecosystem || ecosystem == Ecosystem.Split(':')[0]);
}
