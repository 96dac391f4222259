using L4ReMusl.Compiling;
using L4ReMusl.Staging;
using L4ReMusl.Toolchains;

namespace L4ReMusl;

/// <summary>The stages of one architecture, each with the inputs of the one before it.</summary>
/// <param name="Toolchain">The compiler.</param>
/// <param name="Compile">Compiles musl.</param>
/// <param name="Prefix">Makes the prefix.</param>
public sealed record ArchitectureStages(
    Toolchain Toolchain,
    MuslCompileStage Compile,
    PrefixStage Prefix);
