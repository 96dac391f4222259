using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Musl;

/// <summary>What this project must know about musl's source and build trees: some rules of musl's <c>Makefile</c>.</summary>
/// <param name="Source">The source tree.</param>
/// <param name="Build">The folder in which <c>make</c> ran.</param>
/// <param name="Architecture">The name of the architecture in <c>arch/</c>.</param>
/// <remarks>
/// <c>make install</c> starts a shell script for each of some 240 files, two seconds of processor time per architecture;
/// copying them here takes a hundredth of that. A test compares the result with that of <c>make install</c>.
/// </remarks>
public sealed record MuslTree(string Source, string Build, string Architecture)
{
    static readonly string[] CompiledFolders = ["src", "crt", "ldso"], ObjectExtensions = [".o", ".lo"];

    // Folders of code have the names of architectures all over the tree. "oldmalloc" is an allocator that nobody chooses here.
    HashSet<string> UnusedFolders => field ??=
    [
        "oldmalloc",
        .. Directory.GetDirectories(Path.Combine(Source, "arch")).Select(folder => Path.GetFileName(folder))
            .Except([Architecture, "generic"]),
    ];

    /// <summary>
    /// How many objects will be compiled: one per source file, where the architecture's own file replaces the general one.
    /// </summary>
    public int CountObjects() => CompiledFiles
        .Select(file => Path.ChangeExtension(file, null).Split('/'))
        .Select(parts => string.Join('/', parts.Where((part, i) => i != parts.Length - 2 || part != Architecture)))
        .Distinct()
        .Count();

    /// <summary>
    /// The source files for this architecture, relative to the source tree, with those that the architecture's own replace.
    /// </summary>
    public IReadOnlyList<string> CompiledFiles => field ??= [.. ListCompiledFiles()];

    /// <summary>Whether files like this are compiled.</summary>
    /// <param name="file">Its path, relative to the source tree.</param>
    public static bool IsCompiled(string file) =>
        CompiledFolders.Contains(file.Split('/')[0]) && Path.GetExtension(file) is (".c" or ".s" or ".S");

    /// <summary>Whether a file is only for other architectures or configurations.</summary>
    /// <param name="file">Its path, relative to the source tree or another folder.</param>
    public bool IsUnused(string file) => file.Split('/')[..^1].Any(UnusedFolders.Contains);

    /// <summary>Deletes the libraries, so that <c>make</c> links them again: objects whose sources are gone must go.</summary>
    public void ForgetLibraries() => FileTree.Delete(Path.Combine(Build, "lib"));

    /// <summary>Deletes what was compiled from a source file, so that <c>make</c> does it again.</summary>
    /// <param name="file">The file, relative to the source tree.</param>
    public void Forget(string file)
    {
        foreach (var extension in ObjectExtensions)
            FileTree.Delete(Path.Combine(Build, "obj", Path.ChangeExtension(file, extension)));
    }

    /// <summary>
    /// Copies what <c>make install</c> would install to <paramref name="target"/>: <c>include</c> and <c>lib</c>.
    /// </summary>
    public void Install(string target)
    {
        foreach (var (name, file) in Headers())
            Copy(file, Path.Combine(target, "include", name), FileModes.File);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Build, "lib")))
        {
            var mode = Path.GetExtension(file) == ".so" ? FileModes.Program : FileModes.File;
            Copy(file, Path.Combine(target, "lib", Path.GetFileName(file)), mode);
        }
    }

    IEnumerable<string> ListCompiledFiles() =>
        from folder in CompiledFolders
        from path in Directory.EnumerateFiles(Path.Combine(Source, folder), "*.*", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Source, path)
        where IsCompiled(file) && !IsUnused(file)
        select file;

    // Later folders win: generated files over the architecture's, and those over what all architectures share.
    Dictionary<string, string> Headers()
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] folders =
        [
            Path.Combine(Source, "include"),
            Path.Combine(Source, "arch", "generic"),
            Path.Combine(Source, "arch", Architecture),
            Path.Combine(Build, "obj", "include"),
        ];
        foreach (var folder in folders)
        {
            var isArchitecture = folder.StartsWith(Path.Combine(Source, "arch"), StringComparison.Ordinal);
            foreach (var file in Directory.EnumerateFiles(folder, "*.h", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(folder, file);
                if (!isArchitecture || name.StartsWith("bits/", StringComparison.Ordinal)) // The rest there is private to musl.
                    headers[name] = file;
            }
        }

        return headers;
    }

    static void Copy(string from, string to, UnixFileMode mode)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
        File.SetUnixFileMode(to, mode);
    }
}
