using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;

namespace L4ReMusl.Rust;

/// <summary>
/// Makes the library that Rust's standard library asks for as <c>gcc_s</c> where it does not link libc statically: the C compiler's own static
/// unwinder. A shared one, such as that of a compiler for glibc, does not load on musl.
/// </summary>
/// <param name="toolchain">The C compiler.</param>
/// <param name="tools">Runs it.</param>
public sealed class Unwinder(Toolchain toolchain, ToolRunner tools)
{
    const string Missing = "_dl_find_object";

    /// <summary>Writes the library.</summary>
    /// <param name="archive">The file to make.</param>
    /// <param name="missing">The library with the function that the unwinder may need.</param>
    /// <param name="prefix">The prefix that has it.</param>
    /// <exception cref="BuildException">The compiler has no static unwinder.</exception>
    public void Write(string archive, FindObjectLibrary missing, string prefix)
    {
        var original = Run("find the unwinder of", "gcc", "-print-file-name=libgcc_eh.a").Trim();
        if (!File.Exists(original))
            throw new BuildException($"'{toolchain.Tool("gcc")}' has no libgcc_eh.a, its static unwinder, without which Rust programs cannot panic; use a compiler that has it.");
        File.Copy(original, archive);
        if (Run("read the symbols of", "nm", "--undefined-only", archive).Contains(Missing, StringComparison.Ordinal))
            missing.AddTo(prefix, archive);
    }

    string Run(string purpose, string tool, params string[] arguments) =>
        tools.Run(new ToolInvocation(toolchain.Tool(tool), arguments)).OrThrow($"{purpose} '{toolchain.Tool("gcc")}'").Output;
}
