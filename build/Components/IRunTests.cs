using System.ComponentModel;
using Nuke.Common;
using Nuke.Components;

/// <summary>The project's own tests.</summary>
interface IRunTests : IMakeImages, IRust, IHazReports
{
    [Category("The project itself")]
    Target Test => _ => _
        .Description("Runs all tests: logic, real cross compilers, artefacts, and booted systems; it makes what they need first")
        .DependsOn(Image, RustTest)
        .Produces(ReportDirectory / "**", ArtifactsDirectory / "musl" / "**", ArtifactsDirectory / "images" / "**", ArtifactsDirectory / "logs" / "**")
        .Executes(() => Reach(nameof(Test)));
}
