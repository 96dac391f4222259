using Nuke.Common;
using Nuke.Components;

namespace NukeStandIn.Samples;

interface IFetch : INukeBuild
{
    [Parameter("The version of musl")] string Version => TryGetValue(() => Version) ?? "1.2.5";

    Target Fetch => _ => _
        .Description("Fetches musl")
        .Executes(() => Console.WriteLine($"version {Version}"));
}

interface IPatch : IFetch
{
    Target Patch => _ => _
        .DependsOn(Fetch)
        .Executes(() => Console.WriteLine("patched"));
}

class ComponentBuild : NukeBuild, IPatch, IHazReports
{
    public static int Run() => Execute<ComponentBuild>(x => ((IPatch)x).Patch);

    Target Reports => _ => _
        .After(((IPatch)this).Patch)
        .Executes(() => Console.WriteLine(
            $"{Below(((IHazArtifacts)this).ArtifactsDirectory)} {Below(((IHazReports)this).ReportDirectory)}"));

    static string Below(string path) => Path.GetRelativePath(RootDirectory, path);
}
