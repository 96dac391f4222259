using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Components;
using Serilog;

namespace NukeStandIn.Samples;

interface IFetch : INukeBuild
{
    [Parameter("The version of musl")] string Version => TryGetValue(() => Version) ?? "1.2.5";

    [Parameter] int? Retries => TryGetValue<int?>(() => Retries);

    Target Fetch => _ => _
        .Description("Fetches musl")
        .Executes(() => Console.WriteLine($"version {Version}, retries {Retries?.ToString() ?? "none"}, jobs {((ComponentBuild)this).JobCount}"));
}

[ParameterPrefix("Patch")]
interface IPatch : IFetch
{
    [Parameter] string Level => TryGetValue(() => Level) ?? "0";

    Target Patch => _ => _
        .DependsOn<IFetch>(x => x.Fetch)
        .Executes(() => Console.WriteLine($"patch level {Level}"));
}

interface IStage : IPatch
{
    Target Stage => _ => _
        .DependsOn<IPatch>()
        .TryDependsOn<IUnused>()
        .Executes(() => Console.WriteLine("inherited stage"));
}

interface IUnused : INukeBuild
{
    Target Unused => _ => _.Executes(() => { });
}

abstract class BaseBuild : NukeBuild
{
    public virtual Target Compile => _ => _.Executes(() => Console.WriteLine("base compile"));

    [Parameter] protected readonly int Jobs = 7;

    public int JobCount => Jobs;
}

class ComponentBuild : BaseBuild, IStage, IHazReports
{
    public static int Run() => Execute<ComponentBuild>(x => ((IPatch)x).Patch);

    public override Target Compile => _ => _
        .Base()
        .DependsOn<IPatch>(x => x.Patch)
        .Executes(() => Console.WriteLine("own compile"));

    Target IStage.Stage => _ => _
        .Inherit<IStage>(x => x.Stage)
        .DependsOn(Compile)
        .Executes(() => Console.WriteLine($"own stage {((IHazArtifacts)this).ArtifactsDirectory == RootDirectory / "artifacts"}"));

    Target Reports => _ => _
        .After<IStage>()
        .Executes(() => Log.Information("{Folder:l}", (string)RootDirectory.GetRelativePathTo(((IHazReports)this).ReportDirectory)));
}
