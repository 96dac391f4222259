using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;

namespace L4ReMusl.Cxx;

/// <summary>
/// What the standard library of C++ is built with: musl, and a compiler for it. It has no more of a prefix than that, so that the
/// library does not depend on the other files of one.
/// </summary>
/// <param name="work">The folder to make it in, without a space in its path.</param>
/// <param name="layout">Where the source of an unwinder's function lies.</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="runner">Runs it.</param>
sealed class CxxSysroot(string work, BuildLayout layout, Toolchain toolchain, ToolRunner runner)
{
    const string CompilerName = "l4re-musl-gcc";

    /// <summary>The compiler, a program in a folder of its own: libtool knows compilers by single words.</summary>
    public CompilerWrapper Compiler => new(
        Path.Combine(work, "bin", CompilerName), new Dictionary<string, string> { ["L4RE_MUSL_PREFIX"] = Prefix });

    string Prefix => Path.Combine(work, "musl");

    string Specs => Path.Combine(Prefix, "lib", "musl-gcc.specs");

    /// <summary>Makes it.</summary>
    /// <param name="compiled">The musl in it.</param>
    /// <param name="flags">The flags for the compiler, besides those that hide this machine's paths.</param>
    /// <returns>The variables for configure and make.</returns>
    public Dictionary<string, string> Write(MuslCompileStage compiled, string flags)
    {
        FileTree.Copy(compiled.Output, Prefix);
        FileModes.WriteFile(Specs, new GccSpecs(runner).Generate(compiled.Variant.Source.Output, toolchain.Architecture));
        new PrefixLibrary(PrefixLibrary.FindObject, layout, toolchain, runner)
            .WriteTo(Prefix, Compiler with { Path = toolchain.Tool("gcc") }, "-specs", Specs);
        FileModes.WriteFile(Compiler.Path, $"#!/bin/sh\nexec {toolchain.Tool("gcc")} -specs {Specs} \"$@\"\n");
        File.SetUnixFileMode(Compiler.Path, FileModes.Program);
        return new(Compiler.Environment.Concat(Variables(flags)));
    }

    // The driver for C compiles C++ as well. The one for C++ would link the library of glibc into what configure tries.
    Dictionary<string, string> Variables(string flags)
    {
        var all = $"{flags} -ffile-prefix-map={work}=.";
        return new()
        {
            ["PATH"] = $"{Path.GetDirectoryName(Compiler.Path)}:{runner.Path}",
            ["CC"] = CompilerName,
            ["CXX"] = $"{CompilerName} -nostdinc++",
            ["CFLAGS"] = all,
            ["CXXFLAGS"] = all,
            ["AR"] = toolchain.Tool("ar"),
            ["AS"] = toolchain.Tool("as"),
            ["LD"] = toolchain.Tool("ld"),
            ["NM"] = toolchain.Tool("nm"),
            ["OBJDUMP"] = toolchain.Tool("objdump"),
            ["RANLIB"] = toolchain.Tool("ranlib"),
            ["STRIP"] = toolchain.Tool("strip"),
        };
    }
}
