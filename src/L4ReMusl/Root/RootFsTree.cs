using System.Text;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Root;

/// <summary>An assembled root file system, as its checks see it. Paths begin with a slash.</summary>
/// <param name="folder">The folder that contains it.</param>
public sealed class RootFsTree(string folder)
{
    const int MaximumLinks = 40; // As in Linux (MAXSYMLINKS).

    readonly Dictionary<string, FileTreeEntry> entries =
        FileTree.List(folder).ToDictionary(entry => $"/{entry.Path}", StringComparer.Ordinal);

    /// <summary>Everything in it, by path.</summary>
    public IReadOnlyDictionary<string, FileTreeEntry> Entries => entries;

    /// <summary>The regular files, by path.</summary>
    public IEnumerable<string> Files => entries.Where(entry => entry.Value.IsFile).Select(entry => entry.Key);

    /// <summary>Reads a file.</summary>
    public byte[] ReadBytes(string path) => File.ReadAllBytes(Path.Combine(folder, path.TrimStart('/')));

    /// <summary>The lines of a text file without comments and empty lines; none if the file does not exist.</summary>
    public IReadOnlyList<string> ReadLines(string path) => Resolve(path) is { } real && Find(real)?.IsFile == true
        ? [.. Encoding.UTF8.GetString(ReadBytes(real)).Split('\n').Where(line => line.Trim().Length > 0 && !line.StartsWith('#'))]
        : [];

    /// <summary>The entry at a path, after following all links; <see langword="null"/> if there is none.</summary>
    public FileTreeEntry? Get(string path) => Resolve(path) is { } real ? Find(real) : null;

    /// <summary>Whether a path leads to a folder.</summary>
    public bool IsFolder(string path) => Resolve(path) is { } real && (real == "/" || Find(real)?.IsFolder == true);

    /// <summary>Whether a path leads to a file that everyone may execute.</summary>
    public bool IsProgram(string path) => Get(path) is { IsFile: true } file && file.Mode.HasFlag(UnixFileMode.OtherExecute);

    /// <summary>Follows the links in a path, as in a process whose root is this tree.</summary>
    /// <returns>A path without links that exists, or <see langword="null"/>.</returns>
    public string? Resolve(string path)
    {
        var rest = new Stack<string>(path.Split('/').Reverse());
        var done = new List<string>();
        for (var links = 0; rest.TryPop(out var part);)
        {
            if (part is "" or ".")
                continue;
            if (part == "..")
            {
                if (done.Count > 0)
                    done.RemoveAt(done.Count - 1);
                continue;
            }

            done.Add(part);
            if (Find(Join(done)) is not { } entry)
                return null;
            if (entry.LinkTarget is not { } target)
                continue;
            if (++links > MaximumLinks)
                return null;
            if (target.StartsWith('/'))
                done.Clear();
            else
                done.RemoveAt(done.Count - 1);
            foreach (var piece in target.Split('/').Reverse())
                rest.Push(piece);
        }

        return Join(done);
    }

    FileTreeEntry? Find(string path) => entries.GetValueOrDefault(path);

    static string Join(IEnumerable<string> parts) => "/" + string.Join('/', parts);
}
