using System.Text;

namespace L4ReMusl.Foundation.Files;

/// <summary>Writes files whole or not at all: beside their place, under a name of their own, and then renamed into it.</summary>
/// <remarks>
/// For whatever another process may read at the same time, or a later run after a killed build; not for scratch folders.
/// A folder that is missing is made. A file that is replaced keeps its mode, as if it had been written in place.
/// Each method throws what .NET's own throw: <see cref="IOException"/>, <see cref="UnauthorizedAccessException"/>.
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
    /// <param name="target">What it says: an absolute path, or one relative to the link's folder.</param>
    public static void Link(string path, string target) => Make(path, part => File.CreateSymbolicLink(part, target));

    /// <summary>Puts whatever <paramref name="make"/> makes into place; nothing, if it makes no file or fails.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Makes it at the path that it is given, at which there is nothing yet.</param>
    public static void Make(string path, Action<string> make)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var part = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            make(part);
            if (!IsThere(part))
                return;
            // Links have no mode of their own, and to set it would change what they point at.
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
