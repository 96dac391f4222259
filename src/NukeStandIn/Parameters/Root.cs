using Nuke.Common.IO;

namespace Nuke.Common.Parameters;

/// <summary>Finds the root folder of a build.</summary>
static class Root
{
    /// <summary>The folder that marks a root.</summary>
    public const string Mark = ".nuke";

    /// <exception cref="ArgumentException">Neither the current folder nor one above it has the mark.</exception>
    public static AbsolutePath Find(ParameterService parameters)
    {
        if (parameters.Get<string>("Root") is { } root)
            return new AbsolutePath(root);
        if (parameters.Has("Root"))
            return new AbsolutePath(Environment.CurrentDirectory);

        // The mark in the home folder holds settings of NUKE's own tools.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        for (var folder = Environment.CurrentDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (folder != home && Directory.Exists(Path.Combine(folder, Mark)))
                return new AbsolutePath(folder);
        }

        throw new ArgumentException(
            $"Could not locate '{Mark}' directory/file while walking up from '{Environment.CurrentDirectory}'.\n"
            + "Either create a directory/file to mark the root directory, or add '--root [path]' to the invocation.");
    }
}
