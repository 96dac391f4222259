namespace L4ReMusl.CommandLine;

/// <summary>Finds the repository of a run like NUKE, which would however create a named folder that does not exist.</summary>
public static class RepositoryFolder
{
    const string EngineFolder = ".nuke";

    /// <summary>
    /// Finds the folder that <c>--root</c> or <c>NUKE_ROOT</c> names, or the nearest folder upwards that contains
    /// <c>.nuke</c>.
    /// </summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="currentFolder">The folder in which the run was started.</param>
    /// <exception cref="BuildException">No such folder was found.</exception>
    public static string Find(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, string currentFolder)
    {
        var named = ParsedArguments.Parse(arguments).ValuesOf("root") is { } values
            ? values.FirstOrDefault(".")
            : Variable(variables);
        if (named is null)
            return FindUpwards(currentFolder);
        var root = Path.GetFullPath(named, currentFolder);
        return IsRepository(root)
            ? root
            : throw new BuildException($"'{named}', named as the repository, has no folder '{EngineFolder}'; name the clone of "
                + "this project with --root, or leave it out and start ./build.sh there.");
    }

    // Only NUKE_ROOT: many cross-compiling shells set ROOT.
    static string? Variable(IReadOnlyDictionary<string, string> variables) => variables
        .Where(variable => AmbientEnvironment.IsDeliberate(variable.Key)
            && AmbientEnvironment.IsFor(variable.Key, "root")
            && variable.Value.Length > 0)
        .Select(variable => variable.Value).FirstOrDefault();

    static string FindUpwards(string currentFolder)
    {
        for (var folder = currentFolder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (IsRepository(folder))
                return folder;
        }

        throw new BuildException($"'{currentFolder}' is not in a clone of this project: neither it nor a folder above it has a "
            + $"folder '{EngineFolder}'. Run ./build.sh from a clone, or name one with --root.");
    }

    static bool IsRepository(string folder) => Directory.Exists(Path.Combine(folder, EngineFolder));
}
