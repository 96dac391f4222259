namespace L4ReMusl.Stages;

/// <summary>A folder to build in, without a space in its path, which breaks most makefiles and configure scripts.</summary>
sealed class WorkFolder : IDisposable
{
    WorkFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>
    /// Makes a folder beside <paramref name="scratch"/> or, if that has a space in its path, in the folder of temporary files.
    /// </summary>
    /// <exception cref="BuildException">The folder of temporary files has a space in its path as well.</exception>
    public static WorkFolder Beside(string scratch)
    {
        if (!HasBlank(scratch))
            return new WorkFolder(Directory.CreateDirectory(scratch + ".work").FullName);
        var temporary = System.IO.Path.GetTempPath();
        if (HasBlank(temporary))
        {
            throw new BuildException(
                $"Nothing can be compiled in '{System.IO.Path.GetDirectoryName(scratch)}' or in '{temporary}', because both "
                + "have a space in their path, which makefiles cannot handle; set TMPDIR to a folder without one.");
        }

        return new WorkFolder(Directory.CreateTempSubdirectory("l4re-musl-").FullName);
    }

    /// <summary>Deletes it.</summary>
    public void Dispose() => StageFolders.Discard(Path);

    static bool HasBlank(string path) => path.Any(char.IsWhiteSpace);
}
