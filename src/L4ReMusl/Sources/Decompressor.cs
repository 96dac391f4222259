using ICSharpCode.SharpZipLib.BZip2;
using ICSharpCode.SharpZipLib.GZip;

namespace L4ReMusl.Sources;

/// <summary>Opens compressed archives.</summary>
/// <remarks>SharpZipLib notices if the last bytes of a file are missing; .NET's <c>GZipStream</c> does not.</remarks>
static class Decompressor
{
    /// <summary>Opens the tar stream in an archive; the suffix of its name determines the format.</summary>
    /// <exception cref="BuildException">The format is unknown.</exception>
    public static Stream Open(string archivePath)
    {
        Func<Stream, Stream> decompress = archivePath switch
        {
            _ when HasSuffix(".tar.gz") || HasSuffix(".tgz") => file => new GZipInputStream(file),
            _ when HasSuffix(".tar.bz2") => file => new BZip2InputStream(file),
            _ when HasSuffix(".tar") => file => file,
            _ => throw new BuildException(
                $"'{Path.GetFileName(archivePath)}' cannot be extracted: its name must end in .tar.gz, .tgz, .tar.bz2 or .tar."),
        };
        return decompress(File.OpenRead(archivePath));

        bool HasSuffix(string suffix) => archivePath.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
    }
}
