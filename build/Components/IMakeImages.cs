using System.ComponentModel;
using Nuke.Common;

/// <summary>Boot sets, which QEMU boots.</summary>
interface IMakeImages : ILsbRoot
{
    [Category("Booting")]
    [Parameter("Mirror of Debian that kernels come from, for hosts whose own apt has none. Example: --debian-mirror https://example.org/debian")]
    string? DebianMirror => TryGetValue(() => DebianMirror);

    [Category("Booting")]
    [Parameter("Look for newer kernels, instead of using those that an earlier run found.")]
    bool UpdateKernels => TryGetValue<bool?>(() => UpdateKernels) ?? false;

    [Category("Booting")]
    [Parameter("Boot image of L4Re that Run boots: musl-vm, musl-native and others, which need --l4re-build. Default: the root file system under Linux.", Name = "Image",
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.BootImages))]
    string? BootImage => TryGetValue(() => BootImage);

    [Category("Booting")]
    Target Image => _ => _
        .Description("Makes distribution/images/<arch>: a kernel of Debian's, the root file system, and a script that boots them in QEMU; with --l4re-build, also boot images of L4Re")
        .DependsOn(LsbRoot)
        .Produces(RootDirectory / "distribution" / "**")
        .Executes(() => Reach(nameof(Image)));

    [Category("Booting")]
    Target Run => _ => _
        .Description("Boots the root file system of one architecture, or with --image a boot image of L4Re, in this terminal; Ctrl-A X ends it")
        .DependsOn(Image)
        .Executes(() => Reach(nameof(Run)));
}
