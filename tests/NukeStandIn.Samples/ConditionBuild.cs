using Nuke.Common;

namespace NukeStandIn.Samples;

class ConditionBuild : NukeBuild
{
    public static int Run() => Execute<ConditionBuild>(x => x.All);

    static bool IsFriday => false;

    Target Shared => _ => _.Executes(() => { });

    Target OnlyForStatic => _ => _.Executes(() => { });

    Target OnlyForExecute => _ => _.Executes(() => { });

    Target SkippedStatic => _ => _
        .DependsOn(Shared, OnlyForStatic)
        .OnlyWhenStatic(() => IsFriday)
        .Executes(() => { });

    Target SkippedTwice => _ => _
        .DependsOn(Shared)
        .OnlyWhenStatic(() => true)
        .OnlyWhenStatic(() => !IsFriday && IsFriday)
        .OnlyWhenStatic(
            () => IsFriday)
        .Executes(() => { });

    Target SkippedKeepingDependencies => _ => _
        .DependsOn(OnlyForExecute)
        .OnlyWhenStatic(() => IsFriday)
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => { });

    Target RunsOnOtherDays => _ => _
        .DependsOn(Shared)
        .OnlyWhenStatic(() => !IsFriday)
        .Executes(() => { });

    Target All => _ => _
        .DependsOn(Shared, SkippedStatic, SkippedTwice, SkippedKeepingDependencies, RunsOnOtherDays)
        .Executes(() => { });

    Target BadCondition => _ => _
        .OnlyWhenStatic(() => Fail())
        .Executes(() => { });

    static bool Fail() => throw new InvalidOperationException("the condition broke");
}
