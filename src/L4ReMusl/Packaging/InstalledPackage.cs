using L4ReMusl.Machines;

namespace L4ReMusl.Packaging;

/// <summary>Where the files of the L4Re package <c>musl</c> are after its installation (<c>pkg/musl/musl.mk</c>).</summary>
/// <param name="Root">The folder that it was installed into.</param>
/// <param name="Architecture">What it is for.</param>
public sealed record InstalledPackage(string Root, Architecture Architecture)
{
    /// <summary>The headers.</summary>
    public string Headers => Path.Combine(Root, "include", "contrib", "musl");

    /// <summary>The description for pkg-config.</summary>
    public string PkgConfig => Path.Combine(Root, "pc", "musl.pc");

    /// <summary>The headers of the l4re flavour.</summary>
    public string NativeHeaders => Path.Combine(Root, "include", "contrib", "musl-native");

    /// <summary>How a program of the l4re flavour is compiled and linked: L4Re's description, and the makefile.</summary>
    public IReadOnlyList<string> NativeDescriptions =>
        [Path.Combine(Root, "pc", "musl-native.pc"), Path.Combine(Root, "pc", "musl-native.mk")];

    /// <summary>What goes into boot images and root file systems.</summary>
    public string Assets => Path.Combine(Root, "assets", "misc", "musl", Architecture.Name);

    /// <summary>The dynamic loader.</summary>
    public string Loader => Path.Combine(Assets, Architecture.Loader);

    /// <summary>libc, which is also the loader.</summary>
    public string Libc => Path.Combine(Assets, "libc.so");
}
