using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>The patched source tree.</summary>
interface IPatchMusl : IFetchMusl
{
    [Parameter(Parameters.FlavoursText, ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.Flavours))]
    string[] Flavours => TryGetValue(() => Flavours) ?? [];

    [Category("Building")]
    Target Patch => _ => _
        .Description("Unpacks musl into out/src/musl and applies the series patches/musl/<version>; for the flavour l4re, "
            + "also makes out/src/musl-l4re")
        .DependsOn(FetchMusl)
        .Executes(() => Reach(nameof(Patch)));

    [Category("Project")]
    Target ListPatches => _ => _
        .Description("Lists the patch series: what each patch does and why, its reference, and the musl version that has its fix")
        .Executes(() => Reach(nameof(ListPatches)));
}
