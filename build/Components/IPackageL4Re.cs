using System.ComponentModel;
using Nuke.Common;

/// <summary>The L4Re package.</summary>
interface IPackageL4Re : IStageMusl
{
    [Category("The chain")]
    Target PackageL4Re => _ => _
        .Description("Installs the package pkg/musl into out/pkg/musl/<arch>, in the layout that L4Re expects")
        .DependsOn(Stage)
        .Executes(() => Summarize(Pipeline.Package()));
}
