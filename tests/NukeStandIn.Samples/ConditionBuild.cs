using Nuke.Common;
using Serilog;

namespace NukeStandIn.Samples;

class ConditionBuild : NukeBuild
{
    public static int Run() => Execute<ConditionBuild>(x => x.All);

    bool hasRun;

    bool IsFriday => false;

    Target Shared => _ => _.Executes(() => hasRun = true);

    Target OnlyForStatic => _ => _.Executes(() => { });

    Target OnlyForDynamic => _ => _.Executes(() => { });

    Target OnlyForExecute => _ => _.Executes(() => { });

    Target SkippedStatic => _ => _
        .DependsOn(Shared, OnlyForStatic)
        .OnlyWhenStatic(() => IsFriday)
        .Executes(() => { });

    Target SkippedDynamic => _ => _
        .DependsOn(Shared, OnlyForDynamic)
        .OnlyWhenDynamic(
            () => hasRun,
            "() => hasRun")
        .OnlyWhenDynamic(() => !hasRun && IsFriday)
        .OnlyWhenDynamic(() => IsFriday)
        .Executes(() => { });

    Target SkippedKeepingDependencies => _ => _
        .DependsOn(OnlyForExecute)
        .OnlyWhenStatic(() => IsFriday)
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => { });

    Target RunsDynamic => _ => _
        .DependsOn(Shared)
        .OnlyWhenDynamic(() => hasRun)
        .Executes(() => Log.Information("condition was late"));

    Target All => _ => _
        .DependsOn(Shared, SkippedStatic, SkippedDynamic, SkippedKeepingDependencies, RunsDynamic)
        .Executes(() => { });

    Target BadCondition => _ => _
        .OnlyWhenStatic(() => Fail())
        .Executes(() => { });

    static bool Fail() => throw new InvalidOperationException("the condition broke");
}
