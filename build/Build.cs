using L4ReMusl.Goals;
using L4ReMusl.Settings;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Components;
using Serilog;

/// <summary>
/// The graph: FetchMusl → Patch → CompileArm, CompileArm64 → Stage → PackageL4Re, CompileComponents → LsbRoot → Image →
/// SmokeTest, Test.
/// Each stage is an interface in Components, with its parameters and its target; the work is done in src/L4ReMusl.
/// </summary>
[CommandLine]
sealed partial class Build : NukeBuild, IRunTests, ISmokeTest, IPack, IAudit, IAddVersion, IClean, ICache
{
    public static int Main() => Startup.Run(() => Execute<Build>(x => ((ILsbRoot)x).LsbRoot));

    public Build() => NoLogo = true;

    AbsolutePath IHazArtifacts.ArtifactsDirectory => RootDirectory / "out";

    Pipeline? pipeline;

    Pipeline IHazPipeline.Pipeline => pipeline ??= new Pipeline(
        new SettingsParser(BuildModel.Architectures).Parse(BuildModel.Values(this)),
        RootDirectory,
        Log.Logger,
        Startup.Display);

    /// <summary>Bad values end the build here, before anything runs.</summary>
    protected override void OnBuildInitialized() =>
        ((IHazPipeline)this).Pipeline.Validate([.. ExecutionPlan.Select(target => target.Name)]);

    /// <summary>Called after a failure, too, and even if bad values left no pipeline.</summary>
    protected override void OnBuildFinished()
    {
        if (ExecutionPlan.All(target => target.Status != ExecutionStatus.Aborted))
            pipeline?.End();
        pipeline?.Dispose();
    }
}
