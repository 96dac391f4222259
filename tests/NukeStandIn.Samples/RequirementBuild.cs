using Nuke.Common;

namespace NukeStandIn.Samples;

class RequirementBuild : NukeBuild
{
    public static int Run() => Execute<RequirementBuild>(x => x.Free);

    [Parameter] readonly string? Token;
    [Parameter] readonly int? Limit;
    [Parameter] readonly int Jobs = 1;
    readonly string? plain;

    Target Free => _ => _.Executes(() => { });

    Target NeedsToken => _ => _
        .DependsOn(Free)
        .Requires(() => Token)
        .Executes(() => { });

    Target NeedsLimit => _ => _
        .Requires(() => Limit)
        .Executes(() => { });

    Target NeedsCondition => _ => _
        .Requires(() => Jobs > 100)
        .Executes(() => { });

    Target NeedsPlain => _ => _
        .Requires(() => plain)
        .Executes(() => { });
}

class RequiredMemberBuild : NukeBuild
{
    public static int Run() => Execute<RequiredMemberBuild>(x => x.Free);

    [Parameter][Required] readonly string? ApiKey;

    Target Free => _ => _.Executes(() => Console.WriteLine(ApiKey));
}
