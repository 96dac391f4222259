using L4ReMusl.Boot;
using L4ReMusl.Components;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Patching;
using L4ReMusl.Sources;

namespace L4ReMusl.Auditing;

/// <summary>Describes what is shipped, with the names that advisories use for it.</summary>
/// <remarks>
/// What was built from upstream's sources is compared with advisories about upstream's repository and about Alpine's package,
/// which is built from the same sources on musl. Debian's binaries are compared with Debian's advisories.
/// </remarks>
public static class ThingCatalogue
{
    /// <summary>The releases of Debian by the names of their suites.</summary>
    static readonly Dictionary<string, string> DebianReleases = new()
    {
        ["bookworm"] = "12",
        ["trixie"] = "13",
        ["forky"] = "14",
    };

    /// <summary>musl.</summary>
    /// <param name="source">Its archive.</param>
    /// <param name="patches">The patches applied to it.</param>
    public static ShippedThing Musl(SourceArchive source, IReadOnlyList<Patch> patches) =>
        OfArchive(source, patches, ThingKind.Library) with
        {
            Description = "C library",
            Licence = "MIT",
            Cpe = "musl-libc:musl",
            Repositories = ["https://git.musl-libc.org/git/musl", "https://github.com/bminor/musl"],
        };

    /// <summary>The part of GCC's runtime that the compiler links into its output.</summary>
    /// <param name="toolchain">The compiler.</param>
    public static ShippedThing GccRuntime(Toolchain toolchain) =>
        OfGcc("gcc", "pkg:generic/gcc", toolchain) with
        {
            Description = "GCC's runtime, libgcc, which the compiler links into libc and programs",
        };

    /// <summary>The standard library of C++.</summary>
    /// <param name="toolchain">The compiler, whose sources it is built from.</param>
    public static ShippedThing CxxLibrary(Toolchain toolchain) =>
        OfGcc("libstdc++", "pkg:generic/libstdc%2B%2B", toolchain) with
        {
            Description = "GCC's standard library of C++",
        };

    /// <summary>
    /// The kernel's headers. Advisories about the kernel do not concern them, because they hold no code of it.
    /// </summary>
    /// <param name="headers">The headers.</param>
    /// <exception cref="BuildException">They are not installed.</exception>
    public static ShippedThing Headers(KernelHeaders headers) =>
        new("linux-libc-dev", headers.Version, ThingKind.Library, $"pkg:generic/linux-libc-dev@{headers.Version}")
        {
            Description = "The Linux kernel's headers for user space",
            Licence = "GPL-2.0-only WITH Linux-syscall-note",
            SourcePage = SourcePage("linux", headers.Version),
        };

    /// <summary>A component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="patches">The patches applied to it.</param>
    public static ShippedThing Of(Component component, IReadOnlyList<Patch> patches)
    {
        var identity = component.Identity;
        var thing = component.Source is { } source
            ? OfArchive(source, patches, ThingKind.Application)
            : new ShippedThing(component.Name, "0", ThingKind.Application, $"pkg:generic/l4re-musl/{component.Name}");
        return thing with
        {
            Description = component.Description,
            Licence = identity.Licence,
            Cpe = identity.Cpe,
            Repositories = identity.Repositories,
            Packages = component.Source is null ? [] : thing.Packages,
        };
    }

    /// <summary>A kernel from Debian.</summary>
    /// <param name="kernel">Its package.</param>
    public static ShippedThing Kernel(KernelPackage kernel)
    {
        var release = DebianReleases.GetValueOrDefault(kernel.Suite);
        var purl = $"pkg:deb/debian/{kernel.Name}@{Uri.EscapeDataString(kernel.Version)}";
        var full = $"{purl}?arch={kernel.Architecture}&distro={kernel.Suite}";
        return new ShippedThing("linux", kernel.Version, ThingKind.Kernel, full)
        {
            Description = $"Debian's kernel, from its package {kernel.Name}",
            Licence = "GPL-2.0-only",
            Cpe = "linux:linux_kernel",
            SourcePage = SourcePage("linux", kernel.Version),
            Sha256 = kernel.Sha256,
            Packages = [new PackageName(release is null ? "Debian" : $"Debian:{release}", "linux")],
        };
    }

    // Debian keeps all versions of its packages there.
    static string SourcePage(string package, string version) =>
        $"https://snapshot.debian.org/package/{package}/{Uri.EscapeDataString(version)}/";

    static ShippedThing OfGcc(string name, string purl, Toolchain toolchain) =>
        new(name, toolchain.Number, ThingKind.Library, $"{purl}@{toolchain.Number}")
        {
            Project = "gcc",
            Licence = "GPL-3.0-or-later WITH GCC-exception-3.1",
            Cpe = "gnu:gcc",
            SourcePage = $"https://ftp.gnu.org/gnu/gcc/gcc-{toolchain.Number}/",
            Repositories = ["https://gcc.gnu.org/git/gcc.git"],
            Packages = [new PackageName("Alpine", "gcc")],
        };

    static ShippedThing OfArchive(SourceArchive source, IReadOnlyList<Patch> patches, ThingKind kind) =>
        new(source.Name, source.Version, kind, $"pkg:generic/{source.Name}@{source.Version}")
        {
            Sha256 = source.Sha256,
            Url = source.Urls.Count > 0 ? source.Urls[0] : null,
            Patches = patches,
            Packages = [new PackageName("Alpine", source.Name)],
        };
}
