using System.ComponentModel;
using L4ReMusl.Goals;
using L4ReMusl.Machines;
using Nuke.Common;

/// <summary>musl, cross-compiled: one target for each of the usual architectures. Stage compiles it for any other.</summary>
interface ICompileMusl : IPatchMusl
{
    [Category("Cross compilers")]
    [Parameter("Tool prefix for arm, also from CROSS_COMPILE_ARM. Default: the first found of the usual ones, such as arm-linux-gnueabihf-.")]
    string? CrossCompileArm => TryGetValue(() => CrossCompileArm);

    [Category("Cross compilers")]
    [Parameter("Tool prefix for arm64, also from CROSS_COMPILE_ARM64. Default: the first found of the usual ones, such as aarch64-linux-gnu-.")]
    string? CrossCompileArm64 => TryGetValue(() => CrossCompileArm64);

    /// <summary>The tool prefix for an architecture; without a parameter of its own, from the environment alone.</summary>
    sealed string? CrossPrefix(Architecture architecture) => architecture.Name switch
    {
        "arm" => CrossCompileArm,
        "arm64" => CrossCompileArm64,
        _ => Environment.GetEnvironmentVariable(architecture.CrossVariable),
    };

    [Category("Cross compilers")]
    [Parameter("Program that is put in front of the compiler: ccache, sccache, distcc, icecc. Default: none.")]
    string? CompilerLauncher => TryGetValue(() => CompilerLauncher);

    [Category("Cross compilers")]
    [Parameter("Number of compilers that run at the same time. Default: the number of processors.")]
    string? Jobs => TryGetValue(() => Jobs);

    [Category("The chain")]
    Target CompileArm => _ => _
        .Description("Cross-compiles musl for arm (arm-linux-musleabihf), shared and static")
        .DependsOn(Patch)
        .OnlyWhenStatic(() => Pipeline.IsSelected("arm"))
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => Summarize(Pipeline.Compile("arm")));

    [Category("The chain")]
    Target CompileArm64 => _ => _
        .Description("Cross-compiles musl for arm64 (aarch64-linux-musl), shared and static")
        .DependsOn(Patch)
        .After(CompileArm)
        .OnlyWhenStatic(() => Pipeline.IsSelected("arm64"))
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => Summarize(Pipeline.Compile("arm64")));
}
