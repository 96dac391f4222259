using System.Reflection;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Foundation;

/// <summary>The code of this build: the sources that it was compiled from.</summary>
public static class BuildCode
{
    /// <summary>
    /// A text that differs between any two versions of the code, and is the same in all folders and with all compilers.
    /// </summary>
    // The hashes of the files are listed in the order in which MSBuild found them.
    public static string Identity => field ??=
        Fingerprint.Sha256(string.Join(' ', Sources.Split(' ').Order(StringComparer.Ordinal)));

    static string Sources => typeof(BuildCode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Sources").Value!;
}
