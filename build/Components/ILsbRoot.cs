using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>The root file systems.</summary>
interface ILsbRoot : IPackageL4Re, ICompileComponents
{
    [Parameter(
        Parameters.ImageFormatsText,
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.ImageFormats))]
    string[] ImageFormats => TryGetValue(() => ImageFormats) ?? [];

    [Category("Building")]
    Target LsbRoot => _ => _
        .Description("Assembles the root file systems out/lsb_root/<arch>, runs their self-test, and makes images of them, "
            + "out/images/lsb_root-<arch>.*, each with a manifest")
        .DependsOn(PackageL4Re, CompileComponents)
        .Produces(ArtifactsDirectory / "images" / "**", ArtifactsDirectory / "logs" / "**")
        .Executes(() => Reach(nameof(LsbRoot)));
}
