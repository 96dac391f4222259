using System.ComponentModel;
using Nuke.Common;

/// <summary>The patched source tree.</summary>
interface IPatchMusl : IFetchMusl
{
    [Category("Selection")]
    [Parameter("Flavours of musl: linux, l4re (its system calls are functions, so that it runs without a Linux kernel). Default: linux; for Test, both.",
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.Flavours))]
    string[] Flavours => TryGetValue(() => Flavours) ?? [];

    [Category("The chain")]
    Target Patch => _ => _
        .Description("Extracts musl to out/src/musl and applies the series of patches/musl/<version>; for the flavour l4re, makes out/src/musl-l4re of it")
        .DependsOn(FetchMusl)
        .Executes(() => Reach(nameof(Patch)));

    [Category("Looking around")]
    Target ListPatches => _ => _
        .Description("Lists the patch series: what each patch does and why, its reference, and until which musl version it applies")
        .Executes(() => Reach(nameof(ListPatches)));
}
