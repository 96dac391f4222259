using System.ComponentModel;
using Nuke.Common;
using Nuke.Components;

/// <summary>The project's own tests.</summary>
interface IRunTests : IMakeImages, IRust, IHazReports
{
    [Category("Project")]
    Target UnitTest => _ => _
        .Description("Runs the fast tests of the build's own logic, for after each edit")
        .DependsOn(Provision)
        .Produces(ReportDirectory / "**")
        .Executes(() => Reach(nameof(UnitTest)));

    [Category("Project")]
    Target Test => _ => _
        .Description("Runs the tests (logic, real cross compilers, results, booted systems), after building what they need")
        .DependsOn(Image, RustTest)
        .Produces(ReportDirectory / "**", ArtifactsDirectory / "logs" / "**")
        .Executes(() => Reach(nameof(Test)));

    [Category("Project")]
    Target LongTest => _ => _
        .Description("Runs the tests that take too long for Test, such as whole builds on other machines' compilers")
        .DependsOn(Image, RustTest)
        .Produces(ReportDirectory / "**")
        .Executes(() => Reach(nameof(LongTest)));
}
