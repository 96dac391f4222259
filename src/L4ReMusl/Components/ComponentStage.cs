using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Stages;

namespace L4ReMusl.Components;

/// <summary>Builds a component for one architecture.</summary>
/// <param name="layout">Where everything is.</param>
/// <param name="component">The component.</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="prefix">Makes the prefix that it is built against.</param>
/// <param name="dependencies">The stages of the components that it depends on.</param>
/// <param name="recipe">How it is built.</param>
/// <param name="runner">Runs tools.</param>
public sealed class ComponentStage(
    BuildLayout layout,
    Component component,
    Toolchain toolchain,
    IStage prefix,
    IReadOnlyList<ComponentStage> dependencies,
    IComponentRecipe recipe,
    ToolRunner runner) : Stage([prefix, .. dependencies, .. recipe.Needs])
{
    const string Recipe = "1"; // Increment when InstalledComponent makes another result from the same installed files.

    /// <summary>The component.</summary>
    public Component Component => component;

    /// <summary>What it is built for.</summary>
    public Architecture Architecture => toolchain.Architecture;

    /// <summary>The components that it depends on.</summary>
    public IReadOnlyList<ComponentStage> Dependencies => dependencies;

    /// <inheritdoc/>
    public override string Name => $"{component.Name}-{toolchain.Architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.Component(toolchain.Architecture, component.Name);

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    public override bool OutlivesCode => true;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ("strip", InstalledComponent.StripOption),
        ("compiler", toolchain.Identity),
        ("brings", string.Join(' ', component.Brings)),
        .. recipe.Inputs,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        using var work = WorkFolder.Beside(scratch);
        var installed = recipe.Build(work.Path, layout.Log(Name));
        new InstalledComponent(component, toolchain, runner).Write(installed, scratch);
        return [new Figure("version", component.Version), Figure.Size("size", FileTree.Size(scratch))];
    }
}
