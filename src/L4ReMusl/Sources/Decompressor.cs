using ICSharpCode.SharpZipLib.BZip2;
using ICSharpCode.SharpZipLib.GZip;

namespace L4ReMusl.Sources;

/// <summary>Opens compressed archives.</summary>
/// <remarks>.NET's <c>GZipStream</c> does not notice that the last bytes of a file are missing; SharpZipLib does.</remarks>
static class Decompressor
{
    /// <summary>Opens an archive for reading the tar stream in it; the suffix of its name tells the format.</summary>
    /// <exception cref="BuildException">The format is not known.</exception>
    public static Stream Open(string archivePath)
    {
        Func<Stream, Stream> decompress = archivePath switch
        {
            _ when HasSuffix(".tar.gz") || HasSuffix(".tgz") => file => new GZipInputStream(file),
            _ when HasSuffix(".tar.bz2") => file => new BZip2InputStream(file),
            _ when HasSuffix(".tar") => file => file,
            _ => throw new BuildException($"'{Path.GetFileName(archivePath)}' cannot be extracted: its name must end in .tar.gz, .tgz, .tar.bz2 or .tar."),
        };
        return decompress(File.OpenRead(archivePath));

        bool HasSuffix(string suffix) => archivePath.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
    }
}
