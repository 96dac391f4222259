using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;

namespace L4ReMusl.Rust;

/// <summary>
/// Makes the library that Rust's standard library links as <c>gcc_s</c> when libc is shared: the C compiler's static
/// unwinder, and what that needs. The shared unwinder of a compiler for glibc does not load on musl.
/// </summary>
/// <param name="toolchain">The C compiler.</param>
/// <param name="tools">Runs it.</param>
public sealed class Unwinder(Toolchain toolchain, ToolRunner tools)
{
    const string Missing = "_dl_find_object";

    /// <summary>Writes the library.</summary>
    /// <param name="archive">The file to make.</param>
    /// <param name="missing">Provides the function that the unwinder may need.</param>
    /// <param name="prefix">The prefix that holds that function.</param>
    /// <exception cref="BuildException">The compiler has no static unwinder.</exception>
    public void Write(string archive, PrefixLibrary missing, string prefix)
    {
        var original = Run("find the unwinder of", "gcc", "-print-file-name=libgcc_eh.a").Trim();
        if (!File.Exists(original))
        {
            throw new BuildException(
                $"'{toolchain.Tool("gcc")}' has no libgcc_eh.a, the static unwinder, without which Rust programs cannot panic; "
                + "use a compiler that has it.");
        }

        File.Copy(original, archive);
        if (Run("read the symbols of", "nm", "--undefined-only", archive).Contains(Missing, StringComparison.Ordinal))
            missing.AddTo(prefix, archive);
        new Libgcc(toolchain, tools).Complete(archive);
    }

    string Run(string purpose, string tool, params string[] arguments) =>
        tools.Run(new ToolInvocation(toolchain.Tool(tool), arguments)).OrThrow($"{purpose} '{toolchain.Tool("gcc")}'").Output;
}
