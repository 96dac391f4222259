using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Components;

/// <summary>All components. Each has a folder with a file that describes it.</summary>
/// <param name="folder">The folder that contains these folders, <c>config/components</c>.</param>
public sealed class ComponentCatalogue(string folder)
{
    /// <summary>The component that is always there. Other stages build it, and it has no file.</summary>
    public const string Musl = "musl";

    /// <summary>The root file system itself, which users of other builds list as a component. It is always there, too.</summary>
    public const string Root = "lsb_root";

    /// <summary>The components that are built if the user names none.</summary>
    public static IReadOnlyList<string> Default { get; } = [Musl, "busybox"];

    /// <summary>The names of all components.</summary>
    public IReadOnlyList<string> Names =>
    [
        Musl,
        .. (Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
            .Where(path => File.Exists(Path.Combine(path, Component.FileName)))
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Selects components by name, and adds those that they depend on. musl is not included.</summary>
    /// <returns>The components, each after those that it depends on.</returns>
    /// <exception cref="BuildException">
    /// A component does not exist, its file is wrong, or components depend on each other.
    /// </exception>
    public IReadOnlyList<Component> Select(IEnumerable<string> names)
    {
        var selected = new List<Component>();
        foreach (var name in names)
            Add(name, "--components", selected, []);
        return selected;
    }

    void Add(string name, string wantedBy, List<Component> selected, IReadOnlyList<string> dependents)
    {
        if (name == Musl || selected.Exists(component => component.Name == name))
            return;
        if (dependents.Contains(name))
        {
            throw new BuildException(
                $"Components depend on each other in a circle: {string.Join(" -> ", [.. dependents, name])}; remove one of these "
                + $"dependencies from its {Component.FileName}.");
        }

        if (!Names.Contains(name))
        {
            throw new BuildException(
                $"'{name}' is not a component, but {wantedBy} names it. Valid: {string.Join(", ", Names)}."
                + NearestMatch.Question(name, Names));
        }

        var component = ComponentFile.Read(Path.Combine(folder, name));
        foreach (var dependency in component.Dependencies)
            Add(dependency, $"the file of {name}", selected, [.. dependents, name]);
        selected.Add(component);
    }
}
