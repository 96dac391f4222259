using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Foundation.Files;

/// <summary>A folder of templates: the names and contents of its files may contain <c>@NAME@</c>.</summary>
/// <param name="name">What to call it in fingerprints and messages: its path in the repository.</param>
/// <param name="folder">Where it is.</param>
public sealed class TemplateFolder(string name, string folder)
{
    /// <summary>What the files depend on besides the values, to be part of a fingerprint.</summary>
    public IEnumerable<(string Name, string Value)> Inputs() => SourceFolder.Hashes(name, folder);

    /// <summary>The files with the values put in, by their paths below the folder.</summary>
    /// <exception cref="BuildException">A template uses a name that has no value.</exception>
    public IReadOnlyList<(string Path, string Text)> Expand(TemplateValues values) =>
    [
        .. from entry in FileTree.List(folder)
           where entry.IsFile
           let file = $"{name}/{entry.Path}"
           select (values.Expand(entry.Path, file), values.Expand(File.ReadAllText(Path.Combine(folder, entry.Path)), file)),
    ];
}
