using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>The proof that what was built runs.</summary>
interface ISmokeTest : IMakeImages
{
    [Parameter(Parameters.SmokeLevelText, ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.SmokeLevel))]
    string? SmokeLevel => TryGetValue(() => SmokeLevel);

    [Category("Booting")]
    Target SmokeTest => _ => _
        .Description("Proves that the root file systems run: inspects their images, runs programs in emulation, boots them in "
            + "QEMU up to a clean power-off, and on L4Re if asked to")
        .DependsOn(LsbRoot)
        .After(Image)
        .Produces(ArtifactsDirectory / "logs" / "**")
        .Executes(() => Reach(nameof(SmokeTest)));
}
