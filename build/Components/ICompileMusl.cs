using System.ComponentModel;
using L4ReMusl.Goals;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>Cross-compiled musl: one target for each of the usual architectures. Stage compiles for all others.</summary>
interface ICompileMusl : IPatchMusl
{
    [Parameter(Parameters.CrossCompileText)]
    string? CrossCompileArm => TryGetValue(() => CrossCompileArm);

    [Parameter(Parameters.CrossCompileText)]
    string? CrossCompileArm64 => TryGetValue(() => CrossCompileArm64);

    [Parameter(Parameters.CompilerLauncherText)]
    string? CompilerLauncher => TryGetValue(() => CompilerLauncher);

    [Parameter(Parameters.JobsText)]
    string? Jobs => TryGetValue(() => Jobs);

    [Parameter(Parameters.KeepGoingText)]
    bool KeepGoing => TryGetValue<bool?>(() => KeepGoing) ?? false;

    [Category("Building")]
    Target CompileArm => _ => _
        .Description("Cross-compiles musl for arm (arm-linux-musleabihf), shared and static")
        .DependsOn(Patch)
        .OnlyWhenStatic(() => Pipeline.IsSelected("arm"))
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => Reach(nameof(CompileArm)));

    [Category("Building")]
    Target CompileArm64 => _ => _
        .Description("Cross-compiles musl for arm64 (aarch64-linux-musl), shared and static")
        .DependsOn(Patch)
        .After(CompileArm)
        .OnlyWhenStatic(() => Pipeline.IsSelected("arm64"))
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => Reach(nameof(CompileArm64)));
}
