using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines;

namespace L4ReMusl.Boot;

/// <summary>The hand-written files of a boot set: the scripts that start QEMU, and a note on the kernel.</summary>
/// <param name="folder">The templates (see <see cref="TemplateFolder"/>).</param>
public sealed class BootSetTemplates(string folder)
{
    /// <summary>The name of the script.</summary>
    public const string Script = "run";

    /// <summary>The name of the script for L4Re's images. It is the same script, which decides by its name.</summary>
    public const string L4ReScript = "run-l4re";

    const string Name = "config/boot";

    readonly TemplateFolder templates = new(Name, folder);

    /// <inheritdoc cref="TemplateFolder.Inputs"/>
    public IEnumerable<(string Name, string Value)> Inputs() => templates.Inputs();

    /// <summary>Writes the files into a boot set.</summary>
    /// <param name="set">The folder.</param>
    /// <param name="architecture">What is booted.</param>
    /// <param name="emulation">How.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="hasL4Re">Whether L4Re's images will be there.</param>
    /// <exception cref="BuildException">A template uses a name that has no value, or no template uses a value.</exception>
    public void WriteTo(string set, Architecture architecture, Emulation emulation, KernelPackage kernel, bool hasL4Re)
    {
        var values = new TemplateValues(Values(architecture, emulation, kernel));
        var files = templates.Expand(values);
        values.DemandAllUsed(Name);
        foreach (var (path, text) in files)
        {
            var target = Path.Combine(set, path);
            FileModes.WriteFile(target, text);
            if (IsScript(path))
                File.SetUnixFileMode(target, FileModes.Program);
        }

        if (hasL4Re)
            File.Copy(Path.Combine(set, Script), Path.Combine(set, L4ReScript));
    }

    /// <summary>Whether a file of a boot set is a program.</summary>
    public static bool IsScript(string name) => name is Script or L4ReScript;

    static Dictionary<string, string> Values(Architecture architecture, Emulation emulation, KernelPackage kernel) => new()
    {
        ["ARCH"] = architecture.Name,
        ["QEMU"] = emulation.QemuSystem,
        ["QEMU_PACKAGE"] = emulation.QemuPackage,
        ["MACHINE"] = emulation.Machine,
        ["L4RE_MACHINE"] = architecture.L4Re.Machine ?? emulation.Machine,
        ["PROCESSOR"] = emulation.Processor,
        ["ROOT_OPTIONS"] = string.Join(' ', emulation.Root.QemuArguments),
        ["PACKAGE"] = kernel.Name,
        ["VERSION"] = kernel.Version,
        ["DEBIAN_ARCH"] = kernel.Architecture,
        ["SUITE"] = kernel.Suite,
        ["FILE"] = kernel.Path,
        ["SHA256"] = kernel.Sha256,
        ["INDEX_SHA256"] = kernel.IndexSha256,
    };
}
