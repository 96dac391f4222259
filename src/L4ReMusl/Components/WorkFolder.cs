using L4ReMusl.Stages;

namespace L4ReMusl.Components;

/// <summary>A folder to build in, without a blank in its path: most makefiles and configure scripts cannot cope with one.</summary>
sealed class WorkFolder : IDisposable
{
    WorkFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Makes one beside <paramref name="scratch"/>; or, if that has a blank in its path, among the temporary files.</summary>
    /// <exception cref="BuildException">The folder of temporary files has a blank in its path as well.</exception>
    public static WorkFolder Beside(string scratch)
    {
        if (!HasBlank(scratch))
            return new WorkFolder(Directory.CreateDirectory(scratch + ".work").FullName);
        if (HasBlank(System.IO.Path.GetTempPath()))
            throw new BuildException(
                $"Components cannot be built in '{System.IO.Path.GetDirectoryName(scratch)}' nor in '{System.IO.Path.GetTempPath()}', because both have a blank in "
                + "their path; set TMPDIR to a folder without one.");
        return new WorkFolder(Directory.CreateTempSubdirectory("l4re-musl-").FullName);
    }

    /// <summary>Deletes it.</summary>
    public void Dispose() => StageFolders.Discard(Path);

    static bool HasBlank(string path) => path.Any(char.IsWhiteSpace);
}
