using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>The components that go into the root file systems besides musl.</summary>
interface ICompileComponents : IStageMusl
{
    [Parameter(Parameters.ComponentsText, ValueProviderType = typeof(Choices), ValueProviderMember = nameof(Choices.Components))]
    string[] Components => TryGetValue(() => Components) ?? [];

    [Category("Building")]
    Target CompileComponents => _ => _
        .Description("Fetches, verifies and cross-compiles the selected components, such as busybox, and lists the results")
        .DependsOn(Stage)
        .Executes(() => Reach(nameof(CompileComponents)));
}
