using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>The L4Re package.</summary>
interface IPackageL4Re : IStageMusl
{
    [Parameter(Parameters.L4ReSourceText)]
    string? L4ReSource => TryGetValue(() => L4ReSource);

    [Parameter(Parameters.L4ReBuildText)]
    string? L4ReBuild => TryGetValue(() => L4ReBuild);

    [Category("Building")]
    Target PackageL4Re => _ => _
        .Description("Installs the package pkg/musl into out/pkg/musl/<arch>, in L4Re's layout; with --l4re-build, also builds "
            + "it in your L4Re tree")
        .DependsOn(Stage)
        .Executes(() => Reach(nameof(PackageL4Re)));
}
