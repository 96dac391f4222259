using System.Text.RegularExpressions;
using L4ReMusl.Architectures;
using L4ReMusl.Processes;

namespace L4ReMusl.Staging;

/// <summary>Makes the specs file that turns a glibc compiler into one for a musl prefix, wherever that prefix lies.</summary>
/// <remarks>
/// musl brings a script that writes such a file for one fixed place. Here it is run with marks in place of the paths, which then become
/// calls of GCC's spec function <c>getenv</c>: the compiler wrapper sets the variable to where it finds itself.
/// </remarks>
/// <param name="runner">Runs the script.</param>
public sealed partial class GccSpecs(ToolRunner runner)
{
    const string Include = "@include@", Library = "@library@";

    /// <summary>The text of the specs file.</summary>
    /// <param name="muslSource">musl's source tree.</param>
    /// <param name="architecture">Whose loader the programs ask for.</param>
    public string Generate(string muslSource, Architecture architecture)
    {
        var script = Path.Combine(muslSource, "tools", "musl-gcc.specs.sh");
        var specs = runner.Run(new ToolInvocation("sh", script, Include, Library, architecture.Interpreter))
            .OrThrow("generate the specs of the compiler wrapper").Output;
        // A whole path must come from one call: the text behind a call would be an argument of its own.
        return LibraryPath().Replace(specs, "%:getenv(L4RE_MUSL_PREFIX /lib$1)")
            .Replace(Include, "%:getenv(L4RE_MUSL_PREFIX /include)", StringComparison.Ordinal);
    }

    [GeneratedRegex(Library + @"((?:/[\w.+-]+)*)")]
    private static partial Regex LibraryPath();
}
