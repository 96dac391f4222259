using System.ComponentModel;
using Nuke.Common;

/// <summary>The root file systems.</summary>
interface ILsbRoot : IPackageL4Re, ICompileComponents
{
    [Category("Selection")]
    [Parameter("Formats of images to make: ext4, squashfs, cpio.gz, tar. Default: ext4 and cpio.gz. Example: --image-formats squashfs tar",
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.ImageFormats))]
    string[] ImageFormats => TryGetValue(() => ImageFormats) ?? [];

    [Category("The chain")]
    Target LsbRoot => _ => _
        .Description("Assembles out/lsb_root/<arch>, runs its self-test, and makes its images out/images/lsb_root-<arch>.*, each with a manifest")
        .DependsOn(PackageL4Re, CompileComponents)
        .Produces(ArtifactsDirectory / "images" / "**", ArtifactsDirectory / "logs" / "**")
        .Executes(() => Reach(nameof(LsbRoot)));
}
