using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines;

namespace L4ReMusl.Musl;

/// <summary>What a prefix has for C++ besides what it has for C.</summary>
public static class CxxFiles
{
    /// <summary>The folder of the headers, below a prefix.</summary>
    public const string Headers = "include/c++";

    /// <summary>The static standard library, below a prefix.</summary>
    public const string Library = "lib/libstdc++.a";

    /// <summary>The shared standard library, below a prefix for Linux.</summary>
    public const string SharedLibrary = "lib/libstdc++.so.6";

    /// <summary>GCC's unwinder as a shared library, below a prefix for Linux.</summary>
    public const string Unwinder = "lib/libgcc_s.so.1";

    /// <summary>The folder of its licence, below a prefix.</summary>
    public const string Licence = "share/l4re-musl/libstdc++";

    /// <summary>
    /// The specs file, below a prefix, that a compiler for C++ reads after the one for C: the headers of C++ must come before
    /// those of C, because they include them with <c>#include_next</c>.
    /// </summary>
    public const string Specs = "lib/musl-g++.specs";

    /// <summary>The files that a prefix for Linux with C++ must have.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        $"{Headers}/vector", $"{Headers}/cstdlib",
        Library, SharedLibrary, Unwinder, "lib/libsupc++.a", Specs, $"{Licence}/COPYING3", $"{Licence}/COPYING.RUNTIME",
    ];

    /// <summary>The links of a prefix for Linux with C++, by which the linker finds shared libraries.</summary>
    /// <remarks>
    /// There is none to the unwinder: rustc asks for it by name, and would depend on it only because the prefix has C++.
    /// </remarks>
    public static IReadOnlyList<(string Path, string Target)> Links { get; } =
        [("lib/libstdc++.so", Path.GetFileName(SharedLibrary))];

    /// <summary>
    /// An entry for the specs file of a prefix for Linux: programs that are not static use the shared unwinder, like other g++.
    /// </summary>
    public const string SharedUnwinderSpecs =
        "*libgcc:\n%{static|static-pie|static-libgcc:" + StaticUnwinder + ";:" + SharedUnwinder + "} "
        + GccSpecs.CoverageLibrary + "\n\n";

    const string StaticUnwinder = "libgcc.a%s %:if-exists(libgcc_eh.a%s) -l" + PrefixLibrary.FindObject;

    const string SharedUnwinder =
        "libgcc.a%s --push-state --as-needed %:getenv(L4RE_MUSL_PREFIX /" + Unwinder + ") --pop-state libgcc.a%s";

    /// <summary>Whether a prefix has C++.</summary>
    public static bool AreIn(string prefix) => File.Exists(Path.Combine(prefix, Specs));

    /// <summary>What the prefix depends on besides the library, to be part of a fingerprint.</summary>
    public static IEnumerable<(string Name, string Value)> Inputs(Architecture architecture) =>
        [("specs for C++", SpecsFor(architecture)), ("package of the compiler for C++", architecture.CxxPackage ?? "none")];

    /// <summary>Puts C++ into a prefix that has C.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="library">The folder of the built standard library, laid out as in a prefix.</param>
    /// <param name="architecture">What it is for.</param>
    /// <param name="moreSpecs">More entries for the specs file, which end that for C, too.</param>
    public static void WriteTo(string prefix, string library, Architecture architecture, string moreSpecs)
    {
        foreach (var entry in FileTree.List(library))
        {
            var target = Path.Combine(prefix, entry.Path);
            if (entry.IsFolder)
                Directory.CreateDirectory(target);
            else
                File.Copy(Path.Combine(library, entry.Path), target);
        }

        FileModes.WriteFile(Path.Combine(prefix, Specs), SpecsFor(architecture) + moreSpecs);
    }

    /// <summary>The text of the specs file.</summary>
    /// <remarks>
    /// Both entries replace those of the specs for C (musl's <c>tools/musl-gcc.specs.sh</c>, <c>BackendSpecs</c>) and must differ
    /// from them only in the folders of C++.
    /// </remarks>
    public static string SpecsFor(Architecture architecture)
    {
        string[] folders = [Headers, $"{Headers}/{architecture.Triple}", $"{Headers}/backward"];
        var search = string.Join(' ', folders.Select(folder => $"-isystem {InPrefix(folder)}"));
        var all = $"-mmusl -nostdinc %{{!nostdinc++:{search}}} -isystem {InPrefix("include")} -isystem include%s";
        return $"""
            *cpp_options:
            %(old_cpp_options) {all}

            *cc1:
            %(cc1_cpu) {all}


            """;
    }

    static string InPrefix(string path) => $"%:getenv(L4RE_MUSL_PREFIX /{path})";
}
