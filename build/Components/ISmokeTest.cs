using System.ComponentModel;
using Nuke.Common;

/// <summary>The proof that what was built runs.</summary>
interface ISmokeTest : IMakeImages
{
    [Category("Booting")]
    [Parameter("How far the smoke test goes: 1 looks at files and images, 2 also runs programs in user-mode emulation, 3 also boots, l4re also boots on L4Re (needs --l4re-build). Default: 3.",
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.SmokeLevels))]
    string? SmokeLevel => TryGetValue(() => SmokeLevel);

    [Category("Booting")]
    Target SmokeTest => _ => _
        .Description("Proves that the root file systems run: looks at their images, runs programs in emulation, boots them in QEMU up to a clean power-off, and on L4Re if asked")
        .DependsOn(LsbRoot)
        .After(Image)
        .Produces(ArtifactsDirectory / "logs" / "**")
        .Executes(() => Reach(nameof(SmokeTest)));
}
