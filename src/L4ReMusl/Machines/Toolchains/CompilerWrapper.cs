
namespace L4ReMusl.Machines.Toolchains;

/// <summary>The compiler of a staged prefix.</summary>
/// <param name="Path">The wrapper, such as <c>bin/aarch64-linux-musl-gcc</c>.</param>
/// <param name="Environment">The variables that it reads.</param>
public sealed record CompilerWrapper(string Path, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The wrapper of a prefix, calling a certain compiler.</summary>
    public static CompilerWrapper In(string prefix, Toolchain toolchain) => new(
        System.IO.Path.Combine(prefix, "bin", $"{toolchain.Architecture.Triple}-gcc"),
        new Dictionary<string, string> { [toolchain.Architecture.CrossVariable] = toolchain.Prefix });
}
