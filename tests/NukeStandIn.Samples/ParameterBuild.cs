using Nuke.Common;

namespace NukeStandIn.Samples;

interface IShow : INukeBuild
{
    [Parameter] string MuslVersion => TryGetValue(() => MuslVersion) ?? "1.2.5";
    [Parameter("The sources of L4Re")] string? L4ReSource => TryGetValue(() => L4ReSource);
    [Parameter] string[] Architectures => TryGetValue(() => Architectures) ?? ["arm", "arm64"];
    [Parameter] string[] Flavours => TryGetValue(() => Flavours) ?? [];
    [Parameter] string? Jobs => TryGetValue(() => Jobs);
    [Parameter] bool Offline => TryGetValue<bool?>(() => Offline) ?? false;
    [Parameter(Name = "renamed")] string? Original => TryGetValue(() => Original);

    Target Show => _ => _
        .Executes(() =>
        {
            Print(nameof(MuslVersion), MuslVersion);
            Print(nameof(L4ReSource), L4ReSource);
            Print(nameof(Architectures), string.Join('|', Architectures));
            Print(nameof(Flavours), string.Join('|', Flavours));
            Print(nameof(Jobs), Jobs);
            Print(nameof(Offline), Offline);
            Print(nameof(Original), Original);
            Print(nameof(RootDirectory), RootDirectory);
            Print(nameof(TemporaryDirectory), TemporaryDirectory);
            Print("Joined", RootDirectory / "./b//c/" / "../d");
        });

    Target Other => _ => _.Executes(() => { });

    sealed void Print(string name, object? value) => Console.WriteLine($"{name}={value ?? "<null>"}");
}

class ParameterBuild : NukeBuild, IShow
{
    public static int Run() => Execute<ParameterBuild>(x => ((IShow)x).Show);
}
