using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>The prefixes: what users of musl compile against.</summary>
interface IStageMusl : ICompileMusl
{
    [Parameter(Parameters.DebugSymbolsText)]
    bool DebugSymbols => TryGetValue<bool?>(() => DebugSymbols) ?? false;

    [Parameter(Parameters.KernelHeadersText)]
    bool KernelHeaders => TryGetValue<bool?>(() => KernelHeaders) ?? false;

    [Parameter(Parameters.LanguagesText, ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.Languages))]
    string[] Languages => TryGetValue(() => Languages) ?? [];

    [Category("Building")]
    Target Stage => _ => _
        .Description("Makes and verifies the relocatable prefixes out/musl/<arch>; for the flavour l4re, out/musl-l4re/<arch>")
        .DependsOn(CompileArm, CompileArm64)
        .Executes(() => Reach(nameof(Stage)));
}
