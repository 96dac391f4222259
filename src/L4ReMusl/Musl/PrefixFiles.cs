using System.Text;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines;
using L4ReMusl.Sources;

namespace L4ReMusl.Musl;

/// <summary>What must hold for the files of any prefix.</summary>
public static class PrefixFiles
{
    /// <summary>Writes the files that describe a prefix: version, licence and architecture.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="architecture">What it is for.</param>
    /// <param name="source">The archive that musl came from.</param>
    /// <param name="tree">The source tree.</param>
    public static void WriteDescription(string prefix, Architecture architecture, SourceArchive source, string tree)
    {
        var described = Path.Combine(prefix, "share", "l4re-musl");
        FileModes.WriteFile(Path.Combine(prefix, "VERSION"), source.Version + "\n");
        PrefixArchitecture.WriteTo(prefix, architecture);
        FileModes.WriteFile(Path.Combine(described, "COPYRIGHT"), File.ReadAllText(Path.Combine(tree, "COPYRIGHT")));
    }

    /// <summary>Looks for paths of this machine in all files.</summary>
    /// <returns>A clause for each file and path that it finds.</returns>
    public static IEnumerable<string> HostPaths(string prefix, IReadOnlyList<string> paths) =>
        from entry in FileTree.List(prefix)
        where entry.IsFile
        let bytes = File.ReadAllBytes(Path.Combine(prefix, entry.Path))
        from path in paths
        where bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(path)) >= 0
        select $"{entry.Path} contains the path '{path}' of this machine";
}
