namespace L4ReMusl.Machines;

/// <summary>
/// All architectures: a file for each, in <c>config/architectures</c>. The README there explains the fields.
/// </summary>
public static class Architectures
{
    /// <summary>Reads all of them.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The architectures in the order of their names, in which they are built.</returns>
    /// <exception cref="BuildException">There is none, or a file in the folder is wrong.</exception>
    public static IReadOnlyList<Architecture> In(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        if (files.Length == 0)
            throw new BuildException($"There is no architecture in {folder}: it must contain a file <name>.json for each.");
        Architecture[] all = [.. files.Order(StringComparer.Ordinal).Select(ArchitectureFile.Read)];
        string[] preferred = [.. all.Where(architecture => architecture.IsDefault).Select(architecture => architecture.Name)];
        return preferred.Length <= 1
            ? all
            : throw new BuildException($"In {folder}, {string.Join(" and ", preferred)} have 'isDefault'; only one may.");
    }
}
