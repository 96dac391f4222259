using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Musl;

/// <summary>The hand-written files of a prefix: compiler wrapper, pkg-config, CMake, Meson and cargo files.</summary>
/// <param name="name">What to call the folder in a fingerprint.</param>
/// <param name="folder">The templates, laid out as in the prefix; names and contents have <c>@NAME@</c> in them.</param>
public sealed class PrefixTemplates(string name, string folder)
{
    /// <summary>What the files depend on, to be part of a fingerprint.</summary>
    public IEnumerable<(string Name, string Value)> Inputs() => SourceFolder.Hashes(name, folder);

    /// <summary>Writes the files into a prefix.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="toolchain">The tools that the wrapper calls by default.</param>
    /// <param name="version">musl's version.</param>
    public void WriteTo(string prefix, Toolchain toolchain, string version)
    {
        var values = Values(toolchain, version);
        foreach (var entry in FileTree.List(folder).Where(entry => entry.IsFile))
        {
            var target = Path.Combine(prefix, Expand(entry.Path, values));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, Expand(File.ReadAllText(Path.Combine(folder, entry.Path)), values));
            File.SetUnixFileMode(target, entry.Path.StartsWith("bin/", StringComparison.Ordinal) ? FileModes.Program : FileModes.File);
        }
    }

    // All that the prefix says of its architecture, and what else the files need.
    static Dictionary<string, string> Values(Toolchain toolchain, string version) => new(
        PrefixArchitecture.Values(toolchain.Architecture))
    {
        ["VERSION"] = version,
        // Only the name: a prefix holds no path of the machine that it was made on.
        ["CROSS"] = Path.GetFileName(toolchain.Prefix),
        ["RUST_TARGET_VARIABLE"] = toolchain.Architecture.RustTargets[0].ToUpperInvariant().Replace('-', '_'),
    };

    static string Expand(string text, Dictionary<string, string> values) =>
        values.Aggregate(text, (expanded, value) => expanded.Replace($"@{value.Key}@", value.Value, StringComparison.Ordinal));
}
