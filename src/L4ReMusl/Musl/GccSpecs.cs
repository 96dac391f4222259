using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;

namespace L4ReMusl.Musl;

/// <summary>Makes the specs file that turns a glibc compiler into one for a musl prefix, wherever that prefix lies.</summary>
/// <remarks>
/// musl brings a script that writes such a file for one fixed path. Here the path is a call of GCC's spec function
/// <c>getenv</c>, whose variable the compiler wrapper sets to its own place; the patch series makes the script accept such
/// calls.
/// </remarks>
/// <param name="runner">Runs the script.</param>
public sealed class GccSpecs(ToolRunner runner)
{
    // The script's arguments before the loader: where headers and libraries are.
    static readonly string[] Places = ["%:getenv(L4RE_MUSL_PREFIX /include)", "%:getenv(L4RE_MUSL_PREFIX /lib)"];

    const string Coverage = "coverage|fprofile-arcs|fprofile-generate*";

    // Not in musl's script. "+" adds to the script's entry (GCC's manual, section "Spec Files").
    // -mmusl keeps __gnu_linux__ undefined, as in compilers for musl.
    // The compiler's own folder has libraries for glibc, so nothing is searched there, but for -lgcov, which GCC adds by name
    // under the same condition.
    const string Additions = $$"""
        *cpp_options:
        + -mmusl

        *cc1:
        + -mmusl

        *libgcc:
        + -l{{PrefixLibrary.FindObject}} {{CoverageLibrary}}

        *link_libgcc:
        -L%:getenv(L4RE_MUSL_PREFIX /lib) %{{{Coverage}}:-L .%s}


        """;

    /// <summary>Links what libgcov needs, where GCC links that.</summary>
    public const string CoverageLibrary = $$"""%{{{Coverage}}:-l{{PrefixLibrary.Coverage}}}""";

    /// <summary>What the file depends on besides musl's script and the architecture, to be part of a fingerprint.</summary>
    public static (string Name, string Value) Input =>
        ("specs of the compiler wrapper", string.Join('\n', [.. Places, Additions]));

    /// <summary>The text of the specs file.</summary>
    /// <param name="muslSource">musl's source tree.</param>
    /// <param name="architecture">Whose loader the programs ask for.</param>
    public string Generate(string muslSource, Architecture architecture) => runner.Run(new ToolInvocation(
            "sh", [Path.Combine(muslSource, "tools", "musl-gcc.specs.sh"), .. Places, architecture.Interpreter]))
        .OrThrow("generate the specs of the compiler wrapper").Output + Additions;
}
