using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Musl;

/// <summary>The hand-written files of a prefix: compiler wrapper, pkg-config, CMake, Meson and cargo files.</summary>
/// <param name="name">The folder's path in the repository.</param>
/// <param name="folder">The templates (see <see cref="TemplateFolder"/>), laid out as in the prefix.</param>
public sealed class PrefixTemplates(string name, string folder)
{
    readonly TemplateFolder templates = new(name, folder);

    /// <inheritdoc cref="TemplateFolder.Inputs"/>
    public IEnumerable<(string Name, string Value)> Inputs() => templates.Inputs();

    /// <summary>Writes the files into a prefix.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="toolchain">The tools that the wrapper calls by default.</param>
    /// <param name="version">musl's version.</param>
    /// <param name="hasCxx">Whether the prefix has C++.</param>
    /// <exception cref="BuildException">A template uses a name that has no value.</exception>
    public void WriteTo(string prefix, Toolchain toolchain, string version, bool hasCxx)
    {
        foreach (var (path, text) in templates.Expand(new TemplateValues(Values(toolchain, version, hasCxx))))
        {
            var target = Path.Combine(prefix, path);
            FileModes.WriteFile(target, text);
            if (path.StartsWith("bin/", StringComparison.Ordinal))
                File.SetUnixFileMode(target, FileModes.Program);
        }
    }

    // The entries of the architecture file, and what else the templates need.
    static Dictionary<string, string> Values(Toolchain toolchain, string version, bool hasCxx) => new(
        PrefixArchitecture.Values(toolchain.Architecture))
    {
        ["VERSION"] = version,
        // Only the name: a prefix contains no path of the machine that it was built on.
        ["CROSS"] = Path.GetFileName(toolchain.Prefix),
        ["CXX_PACKAGE"] = toolchain.Architecture.CxxPackage ?? "g++",
        ["MESON_CPP"] = hasCxx ? $"\ncpp = '{toolchain.Architecture.Triple}-g++'" : "",
        ["RUST_TARGET_UNDERSCORED"] = RustTargets.Of(toolchain.Architecture).Underscored,
        ["RUST_TARGET_VARIABLE"] = RustTargets.Of(toolchain.Architecture).Variable,
    };
}
