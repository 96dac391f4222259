using System.ComponentModel;
using Nuke.Common;
using Nuke.Components;

/// <summary>The project's own tests.</summary>
interface IRunTests : ILsbRoot, IHazReports
{
    [Category("The project itself")]
    Target Test => _ => _
        .Description("Runs all tests: logic, real cross compilers, and the artefacts in out/, which it makes first")
        .DependsOn(LsbRoot)
        .Produces(ReportDirectory / "**", ArtifactsDirectory / "musl" / "**", ArtifactsDirectory / "images" / "**", ArtifactsDirectory / "logs" / "**")
        .Executes(() => Summarize(Pipeline.Test(ReportDirectory)));
}
