using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Musl;

/// <summary>Decides whether an earlier build tree of musl can be brought up to date by compiling some files again.</summary>
/// <param name="tree">The trees.</param>
/// <param name="settings">What all objects depend on: compiler, options.</param>
/// <remarks>
/// musl's <c>Makefile</c> goes by times, and compiles everything again if one header is newer. This goes by contents: it knows
/// which source files have changed, and that everything depends on everything else.
/// </remarks>
public sealed partial class ChangedSources(MuslTree tree, IEnumerable<(string Name, string Value)> settings)
{
    /// <summary>What a build tree is made from: the settings, and each file of the source tree.</summary>
    public Fingerprint Inputs => field ??= new([.. settings, .. SourceFolder.Hashes("", tree.Source)]);

    /// <summary>The source files that must be compiled again in a build tree.</summary>
    /// <param name="earlier">What the build tree was made from.</param>
    /// <returns>
    /// Their paths in the source tree; <see langword="null"/> if everything must, because something else has changed.
    /// </returns>
    public IReadOnlyList<string>? Since(IReadOnlyDictionary<string, string> earlier)
    {
        var now = Inputs.Entries;
        if (!earlier.Keys.ToHashSet().SetEquals(now.Keys)) // make does not link again when a source file is gone.
            return null;
        var changed = now.Where(entry => earlier[entry.Key] != entry.Value).Select(entry => entry.Key.TrimStart('/')).ToList();
        var included = changed.Count == 0 ? [] : IncludedFiles();
        return changed.All(file => tree.CompiledFiles.Contains(file) && !included.Contains(Path.GetFileName(file)))
            ? changed
            : null;
    }

    // Some source files include others: #include "../fmin.c".
    HashSet<string> IncludedFiles() =>
    [
        .. from file in tree.CompiledFiles
           from Match include in Include().Matches(File.ReadAllText(Path.Combine(tree.Source, file)))
           select Path.GetFileName(include.Groups[1].Value),
    ];

    [GeneratedRegex("^\\s*#\\s*include\\s+\"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Include();
}
