
namespace L4ReMusl.Machines.Toolchains;

/// <summary>A cross compiler and its binutils, checked to be what an architecture needs.</summary>
/// <param name="Architecture">What it compiles for.</param>
/// <param name="Prefix">What the names of its tools begin with: <c>aarch64-linux-gnu-</c>, or a path that ends so.</param>
/// <param name="Version">The compiler's version for people, such as <c>gcc 12.2.0</c>.</param>
/// <param name="Identity">A text that differs between any two compilers that might generate different code.</param>
public sealed record Toolchain(Architecture Architecture, string Prefix, string Version, string Identity)
{
    /// <summary>The compiler's version alone, such as <c>12.2.0</c>.</summary>
    public string Number => Version.Split(' ')[^1];

    /// <summary>The name or path of one of the tools, such as <c>gcc</c>, <c>ar</c> or <c>strip</c>.</summary>
    public string Tool(string name) => Prefix + name;
}
