using Nuke.Common;
using Serilog;

namespace NukeStandIn.Samples;

class FailureBuild : NukeBuild, IBreak
{
    public static int Run() => Execute<FailureBuild>(x => x.All);

    Target First => _ => _.Executes(() => Log.Error("an error {Text}", "abc"));

    Target Fail => _ => _
        .DependsOn(First)
        .Executes(() =>
        {
            if (((IBreak)this).Broken)
                throw new InvalidOperationException("boom\nsecond line");
        });

    Target Afterwards => _ => _
        .DependsOn(Fail)
        .Executes(() => { });

    Target All => _ => _
        .DependsOn(Afterwards)
        .Executes(() => { });

    Target FailWithSummary => _ => _
        .Executes(() =>
        {
            ReportSummary(summary =>
            {
                summary.Add("Failed", "3");
                return summary;
            });
            throw new InvalidOperationException("three tests failed");
        });

    Target Rooted => _ => _
        .Executes(() => RootDirectory / "/b");

    Target SetsExitCode => _ => _
        .Executes(() => ExitCode = 42);
}

interface IBreak : INukeBuild
{
    [Parameter] bool Broken => TryGetValue<bool?>(() => Broken) ?? true;
}
