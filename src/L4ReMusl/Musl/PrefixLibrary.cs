using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Musl;

/// <summary>
/// A static library in a prefix that a compiler for glibc needs beside musl. It is not in libc, so that libc exports what musl
/// defines, and it is linked only where something refers to it.
/// </summary>
/// <param name="name">Its name, as the linker's option <c>-l</c> takes it.</param>
/// <param name="layout">Where its source is (see <see cref="BuildLayout.PrefixLibraries"/>).</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="runner">Runs it.</param>
public sealed class PrefixLibrary(string name, BuildLayout layout, Toolchain toolchain, ToolRunner runner)
{
    /// <summary>
    /// The one with <c>_dl_find_object</c>, which the unwinder of a compiler for glibc calls on all architectures but arm. It
    /// also lets the unwinders of several shared objects work together. The compiler wrapper links it behind the unwinder.
    /// </summary>
    public const string FindObject = "dl_find_object";

    /// <summary>The one with the functions for atomic operations that are not compiled inline. Programs ask for it.</summary>
    public const string Atomic = "atomic";

    /// <summary>
    /// The one with the names under which <c>libgcov</c>, GCC's library for <c>--coverage</c>, calls functions of libc. The
    /// compiler wrapper links it behind that.
    /// </summary>
    public const string Coverage = "gcov_glibc";

    // Every program and shared object has its own copy, which others cannot see.
    static readonly string[] Flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O2", "-fPIC", "-fvisibility=hidden"];

    readonly string source = Path.Combine(layout.PrefixLibraries, name + ".c");

    /// <summary>The file, below a prefix.</summary>
    public string FileName => FileOf(name);

    /// <summary>What the library depends on besides the compiler, to be part of a fingerprint.</summary>
    public IEnumerable<(string Name, string Value)> Inputs =>
        [($"config/libraries/{name}.c", SourceFolder.HashOf(source)), ($"flags of {name}.c", string.Join(' ', Flags))];

    string Member => name + ".o";

    /// <summary>The file of a library, below a prefix.</summary>
    public static string FileOf(string name) => $"lib/lib{name}.a";

    /// <summary>Compiles it into a prefix that already has its headers and its compiler wrapper.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="wrapper">The wrapper.</param>
    /// <param name="options">More options for the compiler.</param>
    /// <exception cref="BuildException">It does not compile.</exception>
    public void WriteTo(string prefix, CompilerWrapper wrapper, params IEnumerable<string> options)
    {
        var compiled = Path.Combine(Path.GetFullPath(prefix), "lib", Member);
        var library = Path.Combine(Path.GetFullPath(prefix), FileName);
        runner.Run(new ToolInvocation(
            wrapper.Path,
            [
                .. options, .. Flags,
                "-c", Path.GetFileName(source), "-o", compiled,
            ])
        {
            // A relative name, so that no path of this machine gets into the object.
            WorkingDirectory = Path.GetDirectoryName(source),
            Environment = wrapper.Environment,
        }).OrThrow($"compile {source} for {toolchain.Architecture}");
        Archive(Path.GetDirectoryName(library)!, "rcD", library, Member);
        File.SetUnixFileMode(library, FileModes.File);
        File.Delete(compiled);
    }

    /// <summary>Adds the library's content to another static library.</summary>
    /// <param name="prefix">The prefix that has the library.</param>
    /// <param name="archive">The library to add to.</param>
    public void AddTo(string prefix, string archive)
    {
        var scratch = Directory.CreateTempSubdirectory("l4re-musl-");
        try
        {
            Archive(scratch.FullName, "x", Path.GetFullPath(Path.Combine(prefix, FileName)));
            Archive(scratch.FullName, "qD", Path.GetFullPath(archive), Member);
        }
        finally
        {
            FileTree.Delete(scratch.FullName);
        }
    }

    void Archive(string folder, params string[] arguments) =>
        runner.Run(new ToolInvocation(toolchain.Tool("ar"), arguments) { WorkingDirectory = folder })
            .OrThrow($"read or write {arguments[1]}");
}
