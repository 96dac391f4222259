using System.Text;

namespace L4ReMusl.Foundation.Files;

/// <summary>Writes files whole or not at all: under a temporary name in the same folder, and then renamed.</summary>
/// <remarks>
/// For files that another process may read at the same time, or a later run after a killed build; not for scratch folders.
/// Missing folders are made. A replaced file keeps its mode, as if it had been written in place. The methods throw the same
/// exceptions as .NET's own: <see cref="IOException"/>, <see cref="UnauthorizedAccessException"/>.
/// </remarks>
public static class AtomicFile
{
    static readonly UTF8Encoding WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text, in UTF-8.</summary>
    public static void Write(string path, string text) => Write(path, WithoutMark.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    public static void Write(string path, byte[] content) => Make(path, part => File.WriteAllBytes(part, content));

    /// <summary>Copies a file.</summary>
    public static void Copy(string from, string path) => Make(path, part => File.Copy(from, part));

    /// <summary>Makes a symbolic link.</summary>
    /// <param name="path">The link.</param>
    /// <param name="target">Its target: an absolute path, or one relative to the link's folder.</param>
    public static void Link(string path, string target) => Make(path, part => File.CreateSymbolicLink(part, target));

    /// <summary>Puts the file that <paramref name="make"/> makes into place; does nothing if it makes none or fails.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Makes the file at the path that it is given, which does not exist yet.</param>
    public static void Make(string path, Action<string> make)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var part = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            make(part);
            if (!IsThere(part))
                return;
            // Links have no mode; setting it would change their target's.
            if (IsPlainFile(part) && IsPlainFile(path))
                File.SetUnixFileMode(part, File.GetUnixFileMode(path));
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    static bool IsThere(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;

    static bool IsPlainFile(string path) => File.Exists(path) && new FileInfo(path).LinkTarget is null;
}
