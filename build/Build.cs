using L4ReMusl.Foundation.Reports;
using L4ReMusl.Goals;
using L4ReMusl.Settings;
using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Components;
using Serilog;

/// <summary>
/// The graph: FetchMusl → Patch → CompileArm, CompileArm64 → Stage → PackageL4Re, CompileComponents → LsbRoot → Image → SmokeTest, Test.
/// Each stage is an interface in Components, with its parameters and its target; the work is done in src/L4ReMusl.
/// </summary>
[CommandLine]
sealed partial class Build : NukeBuild, IRunTests, ISmokeTest, IAudit, IAddVersion, IClean
{
    public static int Main() => Startup.Run(() => Execute<Build>(x => ((ILsbRoot)x).LsbRoot));

    public Build() => NoLogo = true;

    AbsolutePath IHazArtifacts.ArtifactsDirectory => RootDirectory / "out";

    Pipeline IHazPipeline.Pipeline => field ??= new Pipeline(
        new SettingsParser(Choices.KnownArchitectures).Parse(RawSettings), RootDirectory, Log.Logger,
        new ProgressDisplay(Console.Out, IsTerminal));

    // Without colours there is no line either that is written again and again.
    static bool IsTerminal => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    RawSettings RawSettings => new()
    {
        Architectures = From<IHazPipeline>().Architectures,
        Components = From<ICompileComponents>().Components,
        Flavours = From<IPatchMusl>().Flavours,
        ImageFormats = From<ILsbRoot>().ImageFormats,
        MuslVersion = From<IFetchMusl>().MuslVersion,
        Mirrors = From<IFetchMusl>().Mirrors,
        Offline = From<IFetchMusl>().Offline,
        Advisories = From<IAudit>().Advisories,
        CacheFolder = From<IFetchMusl>().CacheFolder,
        RustTargets = From<IRust>().RustTargets,
        L4ReSource = From<IPackageL4Re>().L4ReSource,
        L4ReBuild = From<IPackageL4Re>().L4ReBuild,
        SmokeLevel = From<ISmokeTest>().SmokeLevel,
        BootImage = From<IMakeImages>().BootImage,
        DebianMirror = From<IMakeImages>().DebianMirror,
        UpdateKernels = From<IMakeImages>().UpdateKernels,
        NoProvision = From<IProvision>().NoProvision,
        Jobs = From<ICompileMusl>().Jobs,
        CompilerLauncher = From<ICompileMusl>().CompilerLauncher,
        CrossPrefixes = Choices.KnownArchitectures.ToDictionary(
            architecture => architecture.Name, architecture => From<ICompileMusl>().CrossPrefix(architecture)),
    };

    /// <summary>Bad values end the build here, before anything runs.</summary>
    protected override void OnBuildInitialized() => From<IHazPipeline>().Pipeline.Validate([.. ExecutionPlan.Select(target => target.Name)]);

    T From<T>()
        where T : class, INukeBuild => (T)(INukeBuild)this;
}
