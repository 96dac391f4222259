using L4ReMusl.Machines;

namespace L4ReMusl.Musl;

/// <summary>What a prefix promises to hold, beyond musl's own files.</summary>
public static class PrefixContract
{
    /// <summary>
    /// The folder of the documents about a prefix. They may change when the prefix does not, so a separate stage makes them.
    /// </summary>
    public const string Documents = "share/l4re-musl/sbom";

    /// <summary>
    /// The libraries whose names programs ask for and whose contents musl keeps in libc. The static ones are empty archives;
    /// these are the shared ones. The loader knows most of the names, but not <c>crypt</c> and <c>resolv</c>
    /// (ldso/dynlink.c, load_library).
    /// </summary>
    public static IReadOnlyList<string> Aliases { get; } = ["m", "pthread", "dl", "rt", "util", "xnet", "crypt", "resolv"];

    /// <summary>The names of the static libraries beside libc (see <see cref="PrefixLibrary"/>).</summary>
    public static IReadOnlyList<string> Libraries { get; } =
        [PrefixLibrary.FindObject, PrefixLibrary.Atomic, PrefixLibrary.Coverage];

    /// <summary>The other tools that the compiler wrapper stands for when called by their names.</summary>
    public static IReadOnlyList<string> Tools { get; } =
    [
        "cc", "cpp", "gcc-ar", "gcc-nm", "gcc-ranlib", "gcov",
        "ar", "as", "ld", "ld.bfd", "nm", "objcopy", "objdump", "ranlib", "readelf", "strip", "addr2line", "size", "strings",
        "c++filt", "elfedit", "pkg-config", "run",
    ];

    /// <summary>The same, if the prefix has C++.</summary>
    public static IReadOnlyList<string> CxxTools { get; } = ["g++", "c++"];

    /// <summary>The symbolic links of a prefix, by path, and their targets.</summary>
    /// <param name="architecture">What it is for.</param>
    /// <param name="hasCxx">Whether it has C++.</param>
    public static IEnumerable<(string Path, string Target)> Links(Architecture architecture, bool hasCxx) =>
    [
        ($"lib/{architecture.Loader}", "libc.so"),
        .. Aliases.Select(name => ($"lib/lib{name}.so", "libc.so")),
        .. hasCxx ? CxxFiles.Links : [],
        ("lib/pkgconfig/libc.pc", "musl.pc"),
        ("bin/musl-gcc", $"{architecture.Triple}-gcc"),
        .. Tools.Concat(hasCxx ? CxxTools : [])
            .Select(tool => ($"bin/{architecture.Triple}-{tool}", $"{architecture.Triple}-gcc")),
    ];

    /// <summary>The files that a prefix must have.</summary>
    /// <param name="architecture">What it is for.</param>
    /// <param name="hasCxx">Whether it has C++.</param>
    public static IEnumerable<string> Files(Architecture architecture, bool hasCxx) =>
    [
        .. hasCxx ? CxxFiles.Files : [],
        "include/stdio.h", "include/bits/alltypes.h", "include/bits/syscall.h",
        "lib/libc.so", "lib/libc.a", "lib/crt1.o", "lib/Scrt1.o", "lib/rcrt1.o", "lib/crti.o", "lib/crtn.o", "lib/musl-gcc.specs",
        .. Aliases.Select(name => $"lib/lib{name}.a"), .. Libraries.Select(PrefixLibrary.FileOf),
        "lib/pkgconfig/musl.pc", $"bin/{architecture.Triple}-gcc", "bin/ldd", "VERSION",
        "share/l4re-musl/COPYRIGHT", "share/l4re-musl/compiler.sh", "share/config.site",
        "share/l4re-musl/toolchain.cmake", "share/l4re-musl/meson-cross.ini", "share/l4re-musl/cargo-env.sh",
        PrefixArchitecture.FileName, $"share/l4re-musl/{PrefixManifest.FileName}",
    ];
}
