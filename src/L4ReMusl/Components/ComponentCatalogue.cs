
using L4ReMusl.Foundation.Text;
namespace L4ReMusl.Components;

/// <summary>The components that there are: a folder each, which has a file that describes it.</summary>
/// <param name="folder">The folder of their folders, <c>config/components</c>.</param>
public sealed class ComponentCatalogue(string folder)
{
    /// <summary>The component that is always there. It has stages of its own, and no file.</summary>
    public const string Musl = "musl";

    /// <summary>What is built when the user names none.</summary>
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

    /// <summary>The components of these names and all that they depend on, each after those. musl is not among them.</summary>
    /// <exception cref="BuildException">There is no such component, its file is wrong, or two depend on each other.</exception>
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
            throw new BuildException($"Components depend on each other in a circle: {string.Join(" -> ", [.. dependents, name])}; break it in one of their files.");
        if (!Names.Contains(name))
            throw new BuildException($"'{name}' is not a component, but {wantedBy} names it. Valid: {string.Join(", ", Names)}.{NearestMatch.Question(name, Names)}");
        var component = ComponentFile.Read(Path.Combine(folder, name));
        foreach (var dependency in component.Dependencies)
            Add(dependency, $"the file of {name}", selected, [.. dependents, name]);
        selected.Add(component);
    }
}
