using L4ReMusl.Components;
using L4ReMusl.Musl;
using L4ReMusl.Packaging;

namespace L4ReMusl.Root;

/// <summary>What a root file system is made from, besides files of the repository.</summary>
/// <param name="Prefix">Makes the prefix, whose compiler compiles the self-test.</param>
/// <param name="Package">Makes the package, which has the runtime.</param>
/// <param name="Components">Make the other contents, besides musl.</param>
/// <param name="MuslVersion">The version of musl, for <c>os-release</c>.</param>
/// <param name="Time">The time of all files: musl's release date, because it changes when the content does.</param>
public sealed record RootFsInputs(
    PrefixStage Prefix, PackageStage Package, IReadOnlyList<ComponentStage> Components, string MuslVersion, DateTimeOffset Time);
