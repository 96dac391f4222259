using System.ComponentModel;
using Nuke.Common;

/// <summary>The root file systems.</summary>
interface ILsbRoot : IPackageL4Re
{
    [Category("The chain")]
    Target LsbRoot => _ => _
        .Description("Assembles out/lsb_root/<arch>, runs its self-test, and makes out/images/lsb_root-<arch>.img (ext4)")
        .DependsOn(PackageL4Re)
        .Produces(ArtifactsDirectory / "images" / "**", ArtifactsDirectory / "logs" / "**")
        .Executes(() => Summarize(Pipeline.AssembleRoot()));
}
