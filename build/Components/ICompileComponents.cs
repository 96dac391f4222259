using System.ComponentModel;
using Nuke.Common;

/// <summary>What goes into the root file systems besides musl.</summary>
interface ICompileComponents : IStageMusl
{
    [Category("Selection")]
    [Parameter("What goes into the root file systems, and all that it depends on. Default: musl and busybox. Example: --components musl busybox bash",
        ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.Components))]
    string[] Components => TryGetValue(() => Components) ?? [];

    [Category("The chain")]
    Target CompileComponents => _ => _
        .Description("Fetches, verifies and cross-compiles the components, such as busybox, and shows what became of each")
        .DependsOn(Stage)
        .Executes(() => Reach(nameof(CompileComponents)));
}
