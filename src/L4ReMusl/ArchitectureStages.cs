using L4ReMusl.Compiling;
using L4ReMusl.Images;
using L4ReMusl.Packaging;
using L4ReMusl.RootFs;
using L4ReMusl.Staging;
using L4ReMusl.Toolchains;

namespace L4ReMusl;

/// <summary>The stages of one architecture, each with the inputs of the one before it.</summary>
/// <param name="Toolchain">The compiler.</param>
/// <param name="Compile">Compiles musl.</param>
/// <param name="Prefix">Makes the prefix.</param>
/// <param name="Package">Installs the L4Re package.</param>
/// <param name="Root">Assembles the root file system.</param>
/// <param name="Image">Makes its image.</param>
public sealed record ArchitectureStages(
    Toolchain Toolchain,
    MuslCompileStage Compile,
    PrefixStage Prefix,
    PackageStage Package,
    RootFsStage Root,
    Ext4ImageStage Image);
