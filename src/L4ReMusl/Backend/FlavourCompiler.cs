using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;

namespace L4ReMusl.Backend;

/// <summary>The compiler wrapper in a prefix of the l4re flavour.</summary>
public static class FlavourCompiler
{
    /// <summary>Its path.</summary>
    public static string PathIn(string prefix, Architecture architecture) =>
        Path.Combine(prefix, "bin", $"{architecture.MuslArchitecture}-l4re-musl-gcc");

    /// <summary>The paths of the one for C++, which it has two names for.</summary>
    public static IReadOnlyList<string> CxxPathsIn(string prefix, Architecture architecture) =>
        [.. PrefixContract.CxxTools.Select(name => PathIn(prefix, architecture)[..^"gcc".Length] + name)];

    /// <summary>The wrapper of a prefix, calling a certain compiler.</summary>
    public static CompilerWrapper In(string prefix, Toolchain toolchain) => new(
        PathIn(prefix, toolchain.Architecture),
        new Dictionary<string, string> { [toolchain.Architecture.CrossVariable] = toolchain.Prefix });
}
