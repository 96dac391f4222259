using L4ReMusl.Foundation.Files;
using L4ReMusl.Musl;

namespace L4ReMusl.Backend;

/// <summary>The specs file that makes a cross compiler link programs for a backend.</summary>
/// <remarks>
/// As in musl's own (<c>tools/musl-gcc.specs.sh</c>), every path begins with the value of a variable that the compiler wrapper
/// sets, so that the prefix can be moved. GCC's manual, section "Spec Files", has the language.
/// </remarks>
public static class BackendSpecs
{
    /// <summary>The file's name, in the backend's folder.</summary>
    public const string FileName = "gcc.specs";

    /// <summary>
    /// The name of the one that also links, behind the backend, a function for each call that the backend lacks.
    /// </summary>
    public const string FileNameWithFallback = "gcc-enosys.specs";

    /// <summary>What the files depend on besides the backend, to be part of a fingerprint.</summary>
    public static (string Name, string Value) Input =>
        ("specs of backends", Fingerprint.Sha256(Describe("", true, true, true) + Describe("", false, false, false)));

    /// <summary>The text of the file.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="hasStart">Whether it has its own start file, which runs before musl's.</param>
    /// <param name="hasScript">Whether it has a linker script.</param>
    /// <param name="hasFallback">Whether a program may need calls that the backend lacks.</param>
    public static string Describe(string backend, bool hasStart, bool hasScript, bool hasFallback)
    {
        var folder = "/" + BackendFolder.Of(backend);
        var start = hasStart ? InPrefix($"{folder}/{BackendLibrary.StartFile}") + " " : "";
        var script = hasScript ? $" %{{!T*:-T {InPrefix($"{folder}/{BackendLibrary.LinkerScript}")}}}" : "";
        return $$"""
            %rename cpp_options old_cpp_options

            *cpp_options:
            %(old_cpp_options) -mmusl -nostdinc -isystem {{InPrefix("/include")}} -isystem include%s

            *cc1:
            %(cc1_cpu) -mmusl -nostdinc -isystem {{InPrefix("/include")}} -isystem include%s

            *link_libgcc:
            -L{{InPrefix("/lib")}} -L{{InPrefix(folder)}} -L{{InPrefix("/" + BackendFolder.Of(BackendFolder.Fallback))}}

            *libgcc:
            libgcc.a%s %:if-exists(libgcc_eh.a%s) -l{{PrefixLibrary.FindObject}}

            *lib:
            -lc -l{{BackendLibrary.LibraryName(backend)}}

            *link_gcc_c_sequence:
            --start-group %G %L --end-group{{(hasFallback ? $" -l{BackendLibrary.LibraryName(BackendFolder.Fallback)}" : "")}}

            *startfile:
            {{start}}{{InPrefix("/lib/crt1.o")}} {{InPrefix("/lib/crti.o")}} crtbeginT.o%s

            *endfile:
            crtend.o%s {{InPrefix("/lib/crtn.o")}}

            *link:
            -static -nostdlib --eh-frame-hdr --gc-sections -z max-page-size=4096{{script}}

            *esp_link:


            *esp_options:


            *esp_cpp_options:



            """;
    }

    static string InPrefix(string path) => $"%:getenv(L4RE_MUSL_PREFIX {path})";
}
