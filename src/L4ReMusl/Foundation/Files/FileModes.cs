namespace L4ReMusl.Foundation.Files;

/// <summary>The modes of files in results, whatever the user's umask.</summary>
public static class FileModes
{
    /// <summary>0644: a file.</summary>
    public const UnixFileMode File =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>0755: a program, a shared object or a folder.</summary>
    public const UnixFileMode Program =
        File | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>0777: the permission bits that every symbolic link has.</summary>
    public const UnixFileMode Link = Program | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Writes a file with the mode of files; its folder is made if necessary.</summary>
    public static void WriteFile(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        System.IO.File.SetUnixFileMode(path, File);
    }

    /// <summary>A mode in the usual octal form: <c>0755</c>.</summary>
    public static string ToOctal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8).PadLeft(3, '0');
}
