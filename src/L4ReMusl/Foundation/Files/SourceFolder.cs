namespace L4ReMusl.Foundation.Files;

/// <summary>Fingerprints of the repository's own small source files.</summary>
/// <remarks>Modes are left out: git stores only one bit of them, and the umask changes the rest.</remarks>
public static class SourceFolder
{
    /// <summary>One entry per file or link below <paramref name="folder"/>: its name, and a hash of its content.</summary>
    /// <param name="name">What to call the folder.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="BuildException">
    /// There is no such folder, or it contains something other than files, folders and links.
    /// </exception>
    public static IEnumerable<(string Name, string Value)> Hashes(string name, string folder) => Directory.Exists(folder)
        ? from entry in FileTree.List(folder)
          where !entry.IsFolder
          select ($"{name}/{entry.Path}", entry.LinkTarget ?? ContentOf(Path.Combine(folder, entry.Path)))
        : throw new BuildException($"The folder '{folder}' is missing; restore it from version control.");

    /// <summary>A hash of one file's content.</summary>
    /// <exception cref="BuildException">There is no such file.</exception>
    public static string HashOf(string file) => File.Exists(file)
        ? ContentOf(file)
        : throw new BuildException($"The file '{file}' is missing; restore it from version control.");

    static string ContentOf(string file)
    {
        SourceFile.Check(file);
        return Fingerprint.Sha256OfFile(file);
    }
}
