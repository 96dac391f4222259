using L4ReMusl.Components;
using L4ReMusl.Machines;
using L4ReMusl.Settings;
using L4ReMusl.Sources;

namespace L4ReMusl.Graph;

/// <summary>The stages of the components that go into root file systems besides musl.</summary>
/// <param name="context">What they work with.</param>
/// <param name="fetcher">Fetches archives.</param>
/// <param name="toolchains">The compilers.</param>
/// <param name="musl">The prefixes to build against.</param>
/// <param name="rust">Rust's standard libraries, for crates.</param>
public sealed class ComponentGraph(
    BuildContext context, ArchiveFetcher fetcher, Toolchains toolchains, MuslGraph musl, RustGraph rust)
{
    // Both architectures are built from the same.
    readonly Dictionary<string, ArchiveSource> archives = [];

    /// <summary>All components.</summary>
    public ComponentCatalogue Catalogue => field ??= new(context.Layout.Components);

    /// <summary>The components to build, each after those that it depends on.</summary>
    /// <exception cref="BuildException">The user named an unknown one, or prefixes lack the language of one.</exception>
    public IReadOnlyList<Component> Selected => field ??= [.. Catalogue.Select(context.Settings.Components).Select(Verified)];

    /// <summary>Whether one of them is a crate.</summary>
    public bool HasCrates => Selected.Any(component => component.Crate is not null);

    /// <summary>Build the components of an architecture, each after those that it depends on.</summary>
    public PerArchitecture<IReadOnlyList<ComponentStage>> Stages => field ??= new(Compose);

    /// <summary>The archive of a component's sources; <see langword="null"/> if they are in this repository.</summary>
    public ArchiveSource? ArchiveOf(Component component)
    {
        if (component.Source is not { } source)
            return null;
        lock (archives)
        {
            if (!archives.TryGetValue(component.Name, out var archive))
                archives[component.Name] = archive = new ArchiveSource(source, fetcher, context.Display);
            return archive;
        }
    }

    List<ComponentStage> Compose(Architecture architecture)
    {
        var made = new List<ComponentStage>();
        foreach (var component in Selected)
        {
            var dependencies = made.Where(other => component.Dependencies.Contains(other.Component.Name)).ToList();
            made.Add(new ComponentStage(
                context.Layout,
                component,
                toolchains[architecture],
                musl.Prefixes[architecture],
                dependencies,
                component.Script is { } script
                    ? RecipeOf(component, script, architecture, dependencies)
                    : RecipeOf(component.Crate!, architecture),
                context.Tools));
        }

        return made;
    }

    Component Verified(Component component)
    {
        var languages = context.Settings.Get(Parameters.Languages);
        return component.Languages.All(languages.Contains)
            ? component
            : throw new BuildException(
                $"The component {component.Name} needs a compiler for {string.Join(" and ", component.Languages)}, which "
                + "prefixes have on request only; "
                + $"add {Parameters.Languages.Option} {string.Join(' ', languages.Union(component.Languages))}.");
    }

    CrateRecipe RecipeOf(string crate, Architecture architecture) => new(
        context.Layout, crate, musl.Prefixes[architecture], rust.StdOf(RustTargets.Of(architecture)), rust.Choice, context.Tools);

    ScriptRecipe RecipeOf(
        Component component,
        ComponentScript script,
        Architecture architecture,
        IReadOnlyList<ComponentStage> dependencies) => new(
        component,
        ArchiveOf(component),
        component.Source is { } source ? context.Layout.ComponentPatches(source) : null,
        new ComponentSysroot(musl.Prefixes[architecture], architecture),
        dependencies,
        new ComponentBuild(
            component, script, toolchains[architecture], context.Settings.CompilerLauncher, context.Tools, context.Display),
        context.Tools);
}
