using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
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
    static readonly string[] Flags =
        ["-shared", "-nodefaultlibs", "-Wl,-O1", "-Wl,-z,text,-z,relro,-z,now", "-Wl,--no-undefined"];

    /// <summary>What the libraries depend on besides what they are made of, to be part of a fingerprint.</summary>
    public static string Inputs => string.Join(' ', Flags);

    /// <summary>Links both from static ones. Those are position-independent, as GCC's own libgcc_eh is.</summary>
    /// <remarks>
    /// The unwinder's functions are all of libgcc_s that a program looks for at run time: the linker finds the others in libgcc,
    /// which comes before it. Nobody depends on older ones, so symbols need no versions.
    /// </remarks>
    /// <param name="folder">The folder with the static library; the shared ones are written beside it.</param>
    /// <param name="work">A folder to work in.</param>
    public void WriteTo(string folder, string work)
    {
        var (unwinder, library) = (Path.Combine(folder, CxxFiles.Unwinder), Path.Combine(folder, CxxFiles.SharedLibrary));
        var libgcc = GccFile("libgcc.a");
        Link(unwinder, [.. VisibleUnwinder(work), "-Wl,-Bsymbolic", libgcc, $"-l{PrefixLibrary.FindObject}", "-lc"]);
        Link(library, [.. Whole(Path.Combine(folder, CxxFiles.Library)), unwinder, libgcc, "-lc"]);
    }

    // In GCC's static unwinder all functions are hidden, because each program is meant to have its own. Its code relies on that,
    // so its own references must stay inside (-Bsymbolic).
    IEnumerable<string> VisibleUnwinder(string work)
    {
        var archive = GccFile("libgcc_eh.a");
        foreach (var (index, member) in ArArchive.Members(archive).Index())
        {
            var path = Path.Combine(work, $"unwinder-{index}.o");
            File.WriteAllBytes(path, new ElfFile(member, archive).WithVisibleSymbols());
            yield return path;
        }
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
