using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;

namespace L4ReMusl.Cxx;

/// <summary>
/// The shared libraries of C++: GCC's unwinder, and the standard library. Exceptions that cross shared libraries need one of each
/// in a process.
/// </summary>
/// <param name="compiler">Links them; a compiler for musl.</param>
/// <param name="toolchain">The compiler behind that, with its unwinder.</param>
/// <param name="runner">Asks it for files.</param>
/// <param name="log">Has the commands.</param>
sealed class SharedCxx(CompilerWrapper compiler, Toolchain toolchain, ToolRunner runner, CommandLog log)
{
    // Of the start files, a shared library needs those with __dso_handle, by which it registers its destructors.
    static readonly string[] Flags = ["-shared", "-nodefaultlibs", "-Wl,-O1", "-Wl,-z,relro,-z,now", "-Wl,--no-undefined"];

    /// <summary>What the libraries depend on besides what they are made of, to be part of a fingerprint.</summary>
    public static string Inputs => string.Join(' ', Flags);

    /// <summary>Links both from static ones. Their content is compiled for shared libraries, too (-fPIC), as GCC's own libgcc_eh is.</summary>
    /// <remarks>
    /// The unwinder's functions are all of libgcc_s that a program looks for at run time: the linker finds the others in libgcc,
    /// which comes before it. Without a glibc whose older symbols count, symbols have no versions.
    /// </remarks>
    /// <param name="folder">The folder with the static library; the shared ones are written beside it.</param>
    public void WriteTo(string folder)
    {
        var (unwinder, library) = (Path.Combine(folder, CxxFiles.Unwinder), Path.Combine(folder, CxxFiles.SharedLibrary));
        var libgcc = GccFile("libgcc.a");
        Link(unwinder, [.. Whole(GccFile("libgcc_eh.a")), libgcc, $"-l{PrefixLibrary.FindObject}", "-lc"]);
        Link(library, [.. Whole(Path.Combine(folder, CxxFiles.Library)), unwinder, libgcc, "-lc"]);
    }

    static string[] Whole(string archive) => ["-Wl,--whole-archive", archive, "-Wl,--no-whole-archive"];

    void Link(string output, string[] content)
    {
        var name = Path.GetFileName(output);
        log.Run($"link {name}", new ToolInvocation(
            compiler.Path, [.. Flags, $"-Wl,-soname,{name}", "-o", Path.GetFullPath(output), .. content])
        {
            Environment = compiler.Environment,
        });
        File.SetUnixFileMode(output, FileModes.Program);
    }

    string GccFile(string name) => runner
        .Run(new ToolInvocation(toolchain.Tool("gcc"), $"-print-file-name={name}"))
        .OrThrow($"find {name} of '{toolchain.Tool("gcc")}'").Output.Trim();
}
