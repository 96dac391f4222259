using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Musl;

/// <summary>Decides whether an earlier build tree of musl can be brought up to date by compiling some files again.</summary>
/// <param name="tree">The trees.</param>
/// <param name="settings">What all objects depend on: compiler, options.</param>
/// <remarks>
/// musl's <c>Makefile</c> goes by times, and compiles everything again if one of some headers is newer. This goes by contents:
/// it knows which source files and headers have changed, follows includes, and knows that everything depends on all the rest.
/// Includes are followed by the names of files without their folders. That finds all includers, if also some others, and a
/// header that is new or gone, so that another one of its name is found, is as good as a changed one.
/// </remarks>
public sealed partial class ChangedSources(MuslTree tree, IEnumerable<(string Name, string Value)> settings)
{
    /// <summary>What a build tree is made from: the settings, and each file of the source tree.</summary>
    public Fingerprint Inputs => field ??= new([.. settings, .. SourceFolder.Hashes("", tree.Source)]);

    /// <summary>The source files whose objects must be deleted from a build tree, before <c>make</c> goes on.</summary>
    /// <param name="earlier">What the build tree was made from.</param>
    /// <returns>
    /// Their paths in the source tree, also of those that are gone; <see langword="null"/> if all must be compiled again.
    /// </returns>
    public IReadOnlyList<string>? Since(IReadOnlyDictionary<string, string> earlier)
    {
        var now = Inputs.Entries;
        var changed = now.Keys.Union(earlier.Keys)
            .Where(name => now.GetValueOrDefault(name) != earlier.GetValueOrDefault(name))
            .ToList();
        if (changed.Count == 0)
            return [];
        if (!changed.TrueForAll(IsFile))
            return null;
        var files = changed.ConvertAll(PathOf).FindAll(file => !tree.IsUnused(file));
        if (!files.TrueForAll(file => MuslTree.IsCompiled(file) || IsHeader(file)))
            return null;
        var affected = Includers(files);
        return affected.Contains("configure") // It looks into some headers.
            ? null
            : [.. files.Union(affected).Where(MuslTree.IsCompiled)];
    }

    // The files of the source tree that include one of some files, also through others.
    HashSet<string> Includers(IReadOnlyList<string> files)
    {
        var names = files.Select(Path.GetFileName).ToHashSet();
        var found = new HashSet<string>();
        var others = Inputs.Entries.Keys.Where(IsFile).Select(PathOf).Where(file => !tree.IsUnused(file))
            .ToDictionary(file => file, IncludesOf);
        while (true)
        {
            var more = others.Where(other => other.Value.Exists(name => name == null || names.Contains(name)))
                .Select(other => other.Key).ToList();
            if (more.Count == 0)
                return found;
            found.UnionWith(more);
            names.UnionWith(more.Select(Path.GetFileName));
            more.ForEach(file => others.Remove(file));
        }
    }

    // A null is one that is not followed, because it names a macro or a file of another architecture.
    List<string?> IncludesOf(string file) =>
    [
        .. from match in Include().Matches(File.ReadAllText(Path.Combine(tree.Source, file)))
           let name = match.Groups[1].Value
           select name.Length == 0 || tree.IsUnused(name) ? null : Path.GetFileName(name),
    ];

    // Files have names with a slash in front, unlike settings.
    static bool IsFile(string name) => name.StartsWith('/');

    static string PathOf(string name) => name[1..];

    static bool IsHeader(string file) => Path.GetExtension(file) == ".h";

    // In a file, or as configure writes it into one.
    [GeneratedRegex("(?:^|['\"])[ \\t]*#[ \\t]*include\\b(?:[ \\t]*[<\"]([^>\"\\n]+)[>\"])?", RegexOptions.Multiline)]
    private static partial Regex Include();
}
