using Nuke.Common;
using Nuke.Common.Utilities.Collections;
using Serilog;

namespace NukeStandIn.Samples;

class FailureBuild : NukeBuild
{
    public static int Run() => Execute<FailureBuild>(x => x.All);

    [Parameter] readonly bool Broken = true;

    Target First => _ => _.Executes(() => Log.Error("an error {Text}", "abc"));

    Target Fail => _ => _
        .DependsOn(First)
        .Executes(() =>
        {
            if (Broken)
                throw new InvalidOperationException("boom\nsecond line");
        });

    Target Afterwards => _ => _
        .DependsOn(Fail)
        .Executes(() => { });

    Target Cleanup => _ => _
        .DependsOn(Fail)
        .AssuredAfterFailure()
        .Executes(() => Log.Information("cleaning up"));

    Target All => _ => _
        .DependsOn(Afterwards, Cleanup)
        .Executes(() => { });

    Target Tolerated => _ => _
        .ProceedAfterFailure()
        .Executes(() => Assert.True(1 == 2));

    Target AfterTolerated => _ => _
        .DependsOn(Tolerated)
        .Executes(() => Log.Information("still here"));

    Target FailWithSummary => _ => _
        .Executes(() =>
        {
            ReportSummary(_ => _.AddPair("Failed", "3"));
            Assert.Fail("three tests failed");
        });

    Target FailAsync => _ => _
        .Executes(async () =>
        {
            await Task.Yield();
            throw new FormatException("late");
        });

    Target SetsExitCode => _ => _
        .Executes(() => ExitCode = 42);
}
