using System.ComponentModel;
using Nuke.Common;

/// <summary>The prefixes: what users of musl compile against.</summary>
interface IStageMusl : ICompileMusl
{
    [Category("The chain")]
    Target Stage => _ => _
        .Description("Makes the relocatable prefixes out/musl/<arch> and, of the flavour l4re, out/musl-l4re/<arch>, and verifies what it made")
        .DependsOn(CompileArm, CompileArm64)
        .Produces(ArtifactsDirectory / "musl" / "**")
        .Executes(() => Reach(nameof(Stage)));
}
