using System.ComponentModel;
using Nuke.Common;

/// <summary>The L4Re package.</summary>
interface IPackageL4Re : IStageMusl
{
    [Category("L4Re")]
    [Parameter("Source tree of an L4Re that the package is built in, and boot images are made with. Default: that of --l4re-build.")]
    string? L4ReSource => TryGetValue(() => L4ReSource);

    [Category("L4Re")]
    [Parameter("Build folder of an L4Re tree, configured and built, for one of the selected architectures. Example: --l4re-build ~/l4/build-arm64")]
    string? L4ReBuild => TryGetValue(() => L4ReBuild);

    [Category("The chain")]
    Target PackageL4Re => _ => _
        .Description("Installs the package pkg/musl into out/pkg/musl/<arch>, in the layout that L4Re expects; with --l4re-build, also builds it in that L4Re")
        .DependsOn(Stage)
        .Executes(() => Reach(nameof(PackageL4Re)));
}
