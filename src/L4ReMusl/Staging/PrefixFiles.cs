using System.Text;
using L4ReMusl.Incremental;

namespace L4ReMusl.Staging;

/// <summary>What must hold for the files of any prefix.</summary>
public static class PrefixFiles
{
    /// <summary>Looks for paths of this machine in all files.</summary>
    /// <returns>A sentence per file and path.</returns>
    public static IEnumerable<string> HostPaths(string prefix, IReadOnlyList<string> paths) =>
        from entry in FileTree.List(prefix)
        where entry.IsFile
        let bytes = File.ReadAllBytes(Path.Combine(prefix, entry.Path))
        from path in paths
        where bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(path)) >= 0
        select $"{entry.Path} contains the path '{path}' of this machine";
}
