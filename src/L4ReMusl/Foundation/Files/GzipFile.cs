using ICSharpCode.SharpZipLib.GZip;

namespace L4ReMusl.Foundation.Files;

/// <summary>Writes files in the format of gzip, of which the same content always has the same bytes.</summary>
/// <remarks>
/// SharpZipLib compresses them, because its output depends only on its version. That of .NET's <c>GZipStream</c> comes from a
/// native library that changes with the runtime, and gzip itself would be another host tool whose version counts.
/// </remarks>
public static class GzipFile
{
    const int TimeOffset = 4, TimeLength = 4; // MTIME in the header of RFC 1952; zero means none.
    const int Level = 9;

    /// <summary>A text that changes when the same content may get other bytes.</summary>
    public static string Compressor => $"SharpZipLib {typeof(GZipOutputStream).Assembly.GetName().Version}, level {Level}";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content, and leaves the stream open.</param>
    public static void Write(string path, Action<Stream> write)
    {
        using (var compressed = new GZipOutputStream(File.Create(path)))
        {
            compressed.SetLevel(Level);
            write(compressed);
        }

        // The library always writes the current time here.
        using var header = File.OpenWrite(path);
        header.Position = TimeOffset;
        header.Write(new byte[TimeLength]);
    }
}
