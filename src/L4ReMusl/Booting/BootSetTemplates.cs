using L4ReMusl.Architectures;
using L4ReMusl.Incremental;
using L4ReMusl.Staging;

namespace L4ReMusl.Booting;

/// <summary>The hand-written files of a boot set: the script that starts QEMU, and what says where the kernel comes from.</summary>
/// <param name="folder">The templates; they have <c>@NAME@</c> in them.</param>
public sealed class BootSetTemplates(string folder)
{
    /// <summary>The name of the script.</summary>
    public const string Script = "run";

    /// <summary>What the files depend on, to be part of a fingerprint.</summary>
    public IEnumerable<(string Name, string Value)> Inputs() => SourceFolder.Hashes("config/boot", folder);

    /// <summary>Writes the files into a boot set.</summary>
    public void WriteTo(string set, Architecture architecture, Emulation emulation, KernelPackage kernel)
    {
        var values = Values(architecture, emulation, kernel);
        foreach (var entry in FileTree.List(folder).Where(entry => entry.IsFile))
        {
            var target = Path.Combine(set, entry.Path);
            File.WriteAllText(target, values.Aggregate(
                File.ReadAllText(Path.Combine(folder, entry.Path)),
                (text, value) => text.Replace($"@{value.Key}@", value.Value, StringComparison.Ordinal)));
            File.SetUnixFileMode(target, entry.Path == Script ? FileModes.Program : FileModes.File);
        }
    }

    static Dictionary<string, string> Values(Architecture architecture, Emulation emulation, KernelPackage kernel) => new()
    {
        ["ARCH"] = architecture.Name,
        ["QEMU"] = emulation.QemuSystem,
        ["QEMU_PACKAGE"] = emulation.QemuPackage,
        ["MACHINE"] = emulation.Machine,
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
