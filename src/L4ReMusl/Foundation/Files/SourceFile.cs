namespace L4ReMusl.Foundation.Files;

/// <summary>A file of the repository that results are made from.</summary>
static class SourceFile
{
    // The limit of an array in .NET; a root file system for these machines needs no larger file.
    const long MaximumSize = int.MaxValue;

    /// <summary>Checks that a path is a regular file that can be read whole.</summary>
    /// <exception cref="BuildException">It is not.</exception>
    public static void Check(string path)
    {
        if (path.Contains('\uFFFD') && FileStatus.Of(path) is null)
            throw new BuildException($"The name '{path}' is not valid UTF-8; rename the file.");
        if (FileStatus.Of(path) is not { } status)
            throw new BuildException($"'{path}' vanished, or its folder cannot be read.");
        if (status.DeviceType is { } type)
        {
            throw new BuildException(
                $"'{path}' is {status.TypeName}, which git cannot store; remove it, and declare it in "
                + $"config/lsb_root.permissions: its path, '{type}', a mode, and '{status.Major}:{status.Minor}'.");
        }

        if (!status.IsRegularFile)
        {
            throw new BuildException(
                $"'{path}' is {status.TypeName}, but only files, folders and links can be used here; remove it.");
        }

        if (status.Size > MaximumSize)
        {
            throw new BuildException(
                $"'{path}' has {status.Size} bytes, but files here may have at most {MaximumSize} (2 GiB); remove it.");
        }
    }
}
