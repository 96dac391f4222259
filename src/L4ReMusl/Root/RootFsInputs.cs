using L4ReMusl.Components;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Root;

/// <summary>What a root file system is made of, besides the files of the repository.</summary>
/// <param name="Package">The inputs of the stage that makes the package.</param>
/// <param name="Toolchain">Strips the loader.</param>
/// <param name="Compiler">Compiles the self-test.</param>
/// <param name="Components">The stages of what goes in besides musl.</param>
/// <param name="MuslVersion">The version of musl, for <c>os-release</c>.</param>
/// <param name="Time">The time that all files get: musl's release date, because it changes when the content does.</param>
public sealed record RootFsInputs(
    Fingerprint Package, Toolchain Toolchain, CompilerWrapper Compiler, IReadOnlyList<ComponentStage> Components, string MuslVersion, DateTimeOffset Time);
