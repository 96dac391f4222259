using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;

namespace L4ReMusl.Cxx;

/// <summary>One of the ways to build the standard library of C++ for an architecture.</summary>
/// <param name="Name">The middle of its stage's name: empty, or a word and a hyphen.</param>
/// <param name="Output">Where the result goes.</param>
/// <param name="Flags">The flags for the compiler.</param>
/// <param name="Options">More options for <c>configure</c>.</param>
/// <param name="HasShared">Whether there are shared libraries, too.</param>
public sealed record CxxVariant(string Name, string Output, string Flags, IReadOnlyList<string> Options, bool HasShared)
{
    // configure links programs, too.
    const string FixedAddress = "-O2 -fno-pie -no-pie";

    /// <summary>The one for the prefixes of a flavour.</summary>
    /// <remarks>
    /// The library makes one system call itself, <c>futex</c>, by its number. In the l4re flavour calls have none; there the
    /// library waits as on systems without that call, with mutexes and condition variables. It uses nothing else in which the
    /// flavours differ, so it needs the libc of Linux's flavour only. Linux's library is a part of shared ones; the other
    /// is for programs at a fixed address.
    /// </remarks>
    public static CxxVariant Of(Flavour flavour, BuildLayout layout, Architecture architecture) => flavour == Flavour.Linux
        ? new("", layout.CxxLibrary(architecture), "-O2 -fPIC", ["--enable-linux-futex=yes"], HasShared: true)
        : new($"{flavour}-", layout.L4ReCxxLibrary(architecture), FixedAddress, ["--enable-linux-futex=no"], HasShared: false);
}
