using L4ReMusl.Foundation.Files;
using L4ReMusl.Sources;

namespace L4ReMusl.Components;

/// <summary>How a component is built by its script.</summary>
/// <param name="Source">The archive of its sources; <see langword="null"/> if they are in its own folder.</param>
/// <param name="Path">The script in the component's folder. <see cref="ComponentBuild"/> runs it.</param>
public sealed record ComponentScript(SourceArchive? Source, string Path)
{
    /// <summary>The name of the folder with sources of this repository, in their component's folder.</summary>
    public const string OwnSources = "src";

    /// <summary>The name of the script, in its component's folder.</summary>
    public const string FileName = "build";

    const string Interpreter = "#!/bin/sh";

    /// <summary>The script in the folder of a component.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="source">The archive that the script builds; <see langword="null"/> for the component's own sources.</param>
    /// <exception cref="BuildException">The script is missing, or <c>sh</c> cannot run it.</exception>
    public static ComponentScript In(string folder, SourceArchive? source)
    {
        var path = System.IO.Path.Combine(folder, FileName);
        // A link is refused, because only the name of its target would be part of the fingerprint.
        var isLink = new FileInfo(path).LinkTarget is not null;
        if (!File.Exists(path) || isLink)
        {
            var state = isLink || Directory.Exists(path) ? "not a plain file" : "missing";
            throw new BuildException(
                $"The script {path}, which builds {System.IO.Path.GetFileName(folder)}, is {state}; "
                + "write it as config/components/README.md says.");
        }

        SourceFile.Check(path);
        var text = File.ReadAllText(path);
        if (text.Contains('\r'))
            throw new BuildException($"{path} has carriage returns, which sh treats as parts of words; end its lines with LF.");
        if (text.Split('\n')[0].Split(' ')[0] != Interpreter)
            throw new BuildException($"The first line of {path} must begin with '{Interpreter}', because sh runs it.");
        return new ComponentScript(source, path);
    }
}
