using L4ReMusl.Auditing;
using L4ReMusl.Boot;
using L4ReMusl.Components;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Patching;
using L4ReMusl.Sources;

namespace L4ReMusl.Graph;

/// <summary>The third-party contents of each result.</summary>
/// <param name="layout">Where patches of components lie.</param>
/// <param name="source">The archive of musl.</param>
/// <param name="series">The patches for it.</param>
/// <param name="l4reSeries">The further patches of the l4re flavour.</param>
/// <param name="components">What goes into root file systems.</param>
/// <param name="hasCxx">Whether prefixes have C++.</param>
/// <param name="toolchainOf">Finds the compiler for an architecture.</param>
/// <param name="headersOf">The kernel's headers in prefixes, if there are any.</param>
/// <param name="kernels">Holds the kernels.</param>
public sealed class ShippedSet(
    BuildLayout layout,
    SourceArchive source,
    PatchSeries series,
    PatchSeries l4reSeries,
    IReadOnlyList<Component> components,
    bool hasCxx,
    Func<Architecture, Toolchain> toolchainOf,
    Func<Architecture, KernelHeaders?> headersOf,
    KernelStore kernels)
{
    /// <summary>What is in any root file system, whatever the compiler.</summary>
    public IReadOnlyList<ShippedThing> Common => field ??=
        [ThingCatalogue.Musl(source, series.Patches), .. components.Select(Of)];

    /// <summary>What is in a prefix.</summary>
    public IReadOnlyList<ShippedThing> InPrefix(Architecture architecture) =>
        [Common[0], GccRuntime(architecture), .. CxxLibrary(architecture), .. HeadersOf(architecture)];

    /// <summary>What is in a prefix of the l4re flavour: nothing of GCC's for C, because its libraries are archives.</summary>
    public IReadOnlyList<ShippedThing> InL4RePrefix(Architecture architecture) =>
    [
        ThingCatalogue.Musl(source, [.. series.Patches, .. l4reSeries.Patches]),
        .. CxxLibrary(architecture),
        .. HeadersOf(architecture),
    ];

    /// <summary>What is in a root file system, and in its images.</summary>
    public IReadOnlyList<ShippedThing> InRoot(Architecture architecture) =>
        [.. Common, GccRuntime(architecture), .. CxxLibrary(architecture)];

    /// <summary>What is in a boot set.</summary>
    /// <exception cref="BuildException">Its kernel has not been fetched yet.</exception>
    public IReadOnlyList<ShippedThing> InBootSet(Architecture architecture) => [.. InRoot(architecture), Kernel(architecture)];

    /// <summary>The part of the compiler's runtime that is linked into results.</summary>
    /// <exception cref="BuildException">There is no compiler.</exception>
    public ShippedThing GccRuntime(Architecture architecture) => ThingCatalogue.GccRuntime(toolchainOf(architecture));

    /// <summary>The standard library of C++, if prefixes have it.</summary>
    /// <exception cref="BuildException">There is no compiler.</exception>
    public IReadOnlyList<ShippedThing> CxxLibrary(Architecture architecture) =>
        hasCxx ? [ThingCatalogue.CxxLibrary(toolchainOf(architecture))] : [];

    /// <summary>The kernel of a boot set.</summary>
    /// <exception cref="BuildException">It has not been fetched yet.</exception>
    public ShippedThing Kernel(Architecture architecture) =>
        ThingCatalogue.Kernel(kernels.Pinned(BootSetStage.EmulationOf(architecture)));

    IEnumerable<ShippedThing> HeadersOf(Architecture architecture) =>
        headersOf(architecture) is { } headers ? [ThingCatalogue.Headers(headers)] : [];

    ShippedThing Of(Component component)
    {
        var patches = component.Source is { } source ? layout.ComponentPatches(source) : null;
        return ThingCatalogue.Of(component, Directory.Exists(patches) ? PatchSeries.Read(patches).Patches : []);
    }
}
