using Nuke.Common;

namespace NukeStandIn.Samples;

class TriggerBuild : NukeBuild
{
    public static int Run() => Execute<TriggerBuild>(x => x.Start);

    Target Last => _ => _.TriggeredBy(Next).Executes(() => { });

    Target Start => _ => _.Triggers(Next).Executes(() => { });

    Target Needed => _ => _.Executes(() => { });

    Target Next => _ => _.DependsOn(Needed).Executes(() => { });

    Target Unrelated => _ => _.Executes(() => { });
}

class CycleBuild : NukeBuild
{
    public static int Run() => Execute<CycleBuild>(x => x.Alone);

    Target Alone => _ => _.Executes(() => { });

    Target Hen => _ => _.DependsOn(Egg);

    Target Egg => _ => _.After(Hen);
}

class NoDefaultBuild : NukeBuild
{
    public static int Run() => Execute<NoDefaultBuild>();

    [Parameter("How many jobs to run")] readonly int Jobs = 1;

    Target Only => _ => _
        .Description("The only one")
        .DependsOn(Before)
        .Executes(() => Console.WriteLine(Jobs));

    Target Before => _ => _.Executes(() => { });
}
