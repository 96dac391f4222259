using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>Boot sets, which QEMU boots.</summary>
interface IMakeImages : ILsbRoot
{
    [Parameter(Parameters.DebianMirrorText)]
    string? DebianMirror => TryGetValue(() => DebianMirror);

    [Parameter(Parameters.LockedText)]
    bool Locked => TryGetValue<bool?>(() => Locked) ?? false;

    [Parameter(Parameters.UpdateKernelsText)]
    bool UpdateKernels => TryGetValue<bool?>(() => UpdateKernels) ?? false;

    [Parameter(
        Parameters.BootImageText, Name = nameof(Image),
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.Image))]
    string? BootImage => TryGetValue(() => BootImage);

    [Category("Booting")]
    Target Image => _ => _
        .Description("Makes boot sets in distribution/images/<arch>: a Debian kernel, the root file system, and a script that "
            + "boots them in QEMU; with --l4re-build, also L4Re boot images")
        .DependsOn(LsbRoot)
        .Executes(() => Reach(nameof(Image)));

    [Category("Booting")]
    Target Run => _ => _
        .Description("Boots the root file system of one architecture in this terminal, or the L4Re boot image that --image "
            + "names; Ctrl-A X quits")
        .DependsOn(Image)
        .Executes(() => Reach(nameof(Run)));
}
