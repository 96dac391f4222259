using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Stages;

namespace L4ReMusl.Components;

/// <summary>Builds a component for one architecture.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="component">The component.</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="prefix">The inputs of the prefix that it is built against.</param>
/// <param name="dependencies">The stages of the components that it depends on.</param>
/// <param name="recipe">How it is built.</param>
/// <param name="runner">Runs tools.</param>
public sealed class ComponentStage(
    BuildLayout layout,
    Component component,
    Toolchain toolchain,
    Fingerprint prefix,
    IReadOnlyList<ComponentStage> dependencies,
    IComponentRecipe recipe,
    ToolRunner runner) : IStage
{
    const string Recipe = "1";

    /// <summary>The component.</summary>
    public Component Component => component;

    /// <summary>The components that it depends on.</summary>
    public IReadOnlyList<ComponentStage> Dependencies => dependencies;

    /// <inheritdoc/>
    public string Name => $"{component.Name}-{toolchain.Architecture.Name}";

    /// <inheritdoc/>
    public string Output => layout.Component(toolchain.Architecture, component.Name);

    /// <inheritdoc/>
    public bool IsCacheable => true;

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
    [
        ("recipe", Recipe),
        ("prefix", prefix.Digest),
        ("compiler", toolchain.Identity),
        ("brings", string.Join(' ', component.Brings)),
        .. recipe.Inputs,
        .. dependencies.Select(dependency => (dependency.Name, dependency.Inputs.Digest)),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        using var work = WorkFolder.Beside(scratch);
        var installed = recipe.Build(work.Path, layout.Log(Name));
        new InstalledComponent(component, toolchain, runner).Write(installed, scratch);
        return [new Figure("version", component.Version), Figure.Size("size", FileTree.Size(scratch))];
    }
}
