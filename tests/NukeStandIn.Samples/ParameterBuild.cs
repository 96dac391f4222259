using System.ComponentModel;
using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

namespace NukeStandIn.Samples;

[TypeConverter(typeof(TypeConverter<Flavour>))]
class Flavour : Enumeration
{
    public static readonly Flavour Linux = new() { Value = "linux-abi" };
    public static readonly Flavour L4Re = new() { Value = "l4re-abi" };
}

enum Level
{
    Low,
    High,
}

class ParameterBuild : NukeBuild
{
    public static int Run() => Execute<ParameterBuild>(x => x.Show);

    [Parameter] readonly string MuslVersion = "1.2.5";
    [Parameter("The sources of L4Re")] readonly string? L4ReSource;
    [Parameter] readonly string[] Architectures = ["arm", "arm64"];
    [Parameter(Separator = "+")] readonly string[] Plus = [];
    [Parameter] readonly int Jobs = 4;
    [Parameter] readonly int? Limit;
    [Parameter] readonly bool Offline;
    [Parameter] readonly Level Level = Level.Low;
    [Parameter] readonly Flavour? Flavour;
    [Parameter] readonly Flavour[] Flavours = [];
    [Parameter] readonly AbsolutePath? Output;
    [Parameter] readonly Uri? Mirror;
    [Parameter(Name = "renamed")] readonly string? Original;
    [Parameter][Secret] readonly string? Token;
    [Parameter] string Writable { get; set; } = "initial";
    [Parameter] string ReadOnly { get; } = "initial";
    [Parameter] static string? Shared;

    Target Show => _ => _
        .Executes(() =>
        {
            Print(nameof(MuslVersion), MuslVersion);
            Print(nameof(L4ReSource), L4ReSource);
            Print(nameof(Architectures), string.Join('|', Architectures));
            Print(nameof(Plus), string.Join('|', Plus));
            Print(nameof(Jobs), Jobs);
            Print(nameof(Limit), Limit);
            Print(nameof(Offline), Offline);
            Print(nameof(Level), Level);
            Print(nameof(Flavour), Flavour);
            Print(nameof(Flavours), string.Join('|', Flavours.Select(x => x.ToString())));
            Print(nameof(Output), Output);
            Print(nameof(Mirror), Mirror);
            Print(nameof(Original), Original);
            Print(nameof(Token), Token);
            Print(nameof(Writable), Writable);
            Print(nameof(ReadOnly), ReadOnly);
            Print(nameof(Shared), Shared);
            Print(nameof(RootDirectory), RootDirectory);
            Print(nameof(TemporaryDirectory), TemporaryDirectory);
            Print(nameof(Host), Host.GetType().Name);
            Print(nameof(IsLocalBuild), IsLocalBuild);
            Print(nameof(Verbosity), Verbosity);
            Print(nameof(InvokedTargets), string.Join('|', InvokedTargets.Select(x => x.Name)));
        });

    Target Other => _ => _.Executes(() => { });

    static void Print(string name, object? value) => Console.WriteLine($"{name}={value ?? "<null>"}");
}
