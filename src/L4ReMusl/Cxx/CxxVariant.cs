using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;

namespace L4ReMusl.Cxx;

/// <summary>One of the ways to build the standard library of C++ for an architecture.</summary>
/// <param name="Name">The middle of its stage's name: empty, or a word and a hyphen.</param>
/// <param name="Output">Where the result goes.</param>
/// <param name="Options">More options for <c>configure</c>.</param>
public sealed record CxxVariant(string Name, string Output, IReadOnlyList<string> Options)
{
    /// <summary>The one for the prefixes of a flavour.</summary>
    /// <remarks>
    /// The library makes one system call itself, <c>futex</c>, by its number. In the l4re flavour calls have none; there the
    /// library waits as on systems without that call, with mutexes and condition variables. It uses nothing else in which the
    /// flavours differ, so it needs the libc of Linux's flavour only.
    /// </remarks>
    public static CxxVariant Of(Flavour flavour, BuildLayout layout, Architecture architecture) => flavour == Flavour.Linux
        ? new("", layout.CxxLibrary(architecture), ["--enable-linux-futex=yes"])
        : new($"{flavour}-", layout.L4ReCxxLibrary(architecture), ["--enable-linux-futex=no"]);
}
