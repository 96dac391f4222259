namespace L4ReMusl.CommandLine;

/// <summary>Finds the repository that a run works on, as NUKE does, which would make what was named if it is not there.</summary>
public static class RepositoryFolder
{
    const string EngineFolder = ".nuke";

    /// <summary>
    /// Finds the folder that is named by <c>--root</c> or <c>NUKE_ROOT</c>, or the nearest one upwards with <c>.nuke</c> in it.
    /// </summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="currentFolder">The folder in which the run was started.</param>
    /// <exception cref="BuildException">There is none.</exception>
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

    // ROOT alone is a variable of many cross-compiling shells.
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
