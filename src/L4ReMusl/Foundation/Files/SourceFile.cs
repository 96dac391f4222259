namespace L4ReMusl.Foundation.Files;

/// <summary>A file of the repository that results are made of.</summary>
static class SourceFile
{
    // What one array of .NET holds; no root file system for these machines has use for more.
    const long MaximumSize = int.MaxValue;

    /// <summary>Passes a regular file that can be read whole.</summary>
    /// <exception cref="BuildException">It is something else.</exception>
    public static void Check(string path)
    {
        if (path.Contains('\uFFFD') && FileStatus.Of(path) is null)
            throw new BuildException($"The name '{path}' is not in UTF-8, which all names here must be; rename the file.");
        if (FileStatus.Of(path) is not { } status)
            throw new BuildException($"'{path}' vanished, or its folder cannot be read.");
        if (status.DeviceType is { } type)
        {
            throw new BuildException($"'{path}' is {status.TypeName}, which git cannot keep; remove it, and declare it in "
                + $"config/lsb_root.permissions: its path, '{type}', a mode, and '{status.Major}:{status.Minor}'.");
        }

        if (!status.IsRegularFile)
        {
            throw new BuildException($"'{path}' is {status.TypeName}, and no file, folder or link, which is all that can be used "
                + "here; remove it.");
        }

        if (status.Size > MaximumSize)
        {
            throw new BuildException($"'{path}' has {status.Size} bytes, and no file here may have more than {MaximumSize} "
                + "(2 GiB); remove it.");
        }
    }
}
