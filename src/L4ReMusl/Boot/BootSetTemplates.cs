using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines;

namespace L4ReMusl.Boot;

/// <summary>The hand-written files of a boot set: the script that starts QEMU, and what says where the kernel comes from.</summary>
/// <param name="folder">The templates; they have <c>@NAME@</c> in them.</param>
public sealed class BootSetTemplates(string folder)
{
    /// <summary>The name of the script.</summary>
    public const string Script = "run";

    /// <summary>The name of the script for L4Re's images.</summary>
    public const string L4ReScript = "run-l4re";

    /// <summary>What the files depend on, to be part of a fingerprint.</summary>
    public IEnumerable<(string Name, string Value)> Inputs() => SourceFolder.Hashes("config/boot", folder);

    /// <summary>Writes the files into a boot set.</summary>
    /// <param name="set">The folder.</param>
    /// <param name="architecture">What is booted.</param>
    /// <param name="emulation">How.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="hasL4Re">Whether L4Re's images will be there.</param>
    public void WriteTo(string set, Architecture architecture, Emulation emulation, KernelPackage kernel, bool hasL4Re)
    {
        var values = Values(architecture, emulation, kernel);
        foreach (var entry in FileTree.List(folder).Where(entry => entry.IsFile && (hasL4Re || entry.Path != L4ReScript)))
        {
            var target = Path.Combine(set, entry.Path);
            File.WriteAllText(target, values.Aggregate(
                File.ReadAllText(Path.Combine(folder, entry.Path)),
                (text, value) => text.Replace($"@{value.Key}@", value.Value, StringComparison.Ordinal)));
            File.SetUnixFileMode(target, IsScript(entry.Path) ? FileModes.Program : FileModes.File);
        }
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
