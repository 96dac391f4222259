using System.Globalization;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines;

namespace L4ReMusl.Musl;

/// <summary>
/// The file that tells a prefix's users what it is for: makefiles, Rust build scripts, shell scripts, and scripts of Ned. None
/// of them knows an architecture by its name. Each line is a comment or KEY=VALUE, without spaces or quotes; all values are
/// single words (see <c>config/architectures</c>).
/// </summary>
public static class PrefixArchitecture
{
    /// <summary>The file, below a prefix.</summary>
    public const string FileName = "share/l4re-musl/architecture";

    const string Heading = "# What this prefix is for: lines of KEY=VALUE.\n";

    /// <summary>Its entries, in order. What an architecture does not have is left out.</summary>
    public static IReadOnlyDictionary<string, string> Values(Architecture architecture) =>
        All(architecture).Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!);

    /// <summary>Its text.</summary>
    public static string Text(Architecture architecture) =>
        Heading + string.Concat(Values(architecture).Select(entry => $"{entry.Key}={entry.Value}\n"));

    /// <summary>What files that depend on the architecture depend on, to be part of a fingerprint.</summary>
    public static (string Name, string Value) Input(Architecture architecture) =>
        ("architecture file", Fingerprint.Sha256(Text(architecture)));

    /// <summary>Writes it into a prefix.</summary>
    public static void WriteTo(string prefix, Architecture architecture) =>
        FileModes.WriteFile(Path.Combine(prefix, FileName), Text(architecture));

    static IEnumerable<(string Key, string? Value)> All(Architecture architecture) =>
    [
        ("ARCH", architecture.Name),
        ("TRIPLE", architecture.Triple),
        ("MACHINE", architecture.MuslArchitecture), // What "uname -m" begins with.
        ("LOADER", architecture.Loader),
        ("ELF_MACHINE", ((int)architecture.Machine).ToString(CultureInfo.InvariantCulture)),
        ("CROSS_VARIABLE", architecture.CrossVariable),
        ("PACKAGE", architecture.CompilerPackage),
        ("QEMU", architecture.QemuUser),
        ("CMAKE_PROCESSOR", architecture.CMakeProcessor),
        ("MESON_FAMILY", architecture.MesonFamily),
        ("RUST_ARCH", architecture.Rust.Architecture),
        ("RUST_ABI", architecture.Rust.Abi is "" ? null : architecture.Rust.Abi),
        ("RUST_TARGET", architecture.RustTargets[0]),
        ("L4RE_CPU", architecture.L4Re.Cpu),
        ("L4RE_GUEST_CONSOLE", architecture.L4Re.Guest?.Console),
        ("L4RE_GUEST_DEVICE_TREE", architecture.L4Re.Guest?.DeviceTree),
        ("L4RE_GUEST_MEMORY_ALIGNMENT", architecture.L4Re.Guest?.MemoryAlignment.ToString(CultureInfo.InvariantCulture)),
    ];
}
