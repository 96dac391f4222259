using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Musl;

/// <summary>
/// A static library in a prefix that the compiler wrapper links behind the compiler's unwinder. It has <c>_dl_find_object</c>,
/// which glibc has and musl lacks, and which the unwinder of a compiler for glibc calls on all architectures but arm. It also
/// lets the unwinders of several shared objects work together.
/// </summary>
/// <remarks>
/// It is linked only where something refers to the function. It is not in libc, so that libc exports what musl defines.
/// </remarks>
/// <param name="source">The source (see <see cref="BuildLayout.DlFindObject"/>).</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="runner">Runs it.</param>
public sealed class FindObjectLibrary(string source, Toolchain toolchain, ToolRunner runner)
{
    /// <summary>Its name, as the linker's option <c>-l</c> takes it.</summary>
    public const string Name = "dl_find_object";

    /// <summary>The file, below a prefix.</summary>
    public const string FileName = $"lib/lib{Name}.a";

    /// <summary>What to name the source in a fingerprint.</summary>
    public const string SourceName = "config/unwinder/dl_find_object.c";

    const string Member = "dl_find_object.o";

    // Every program and shared object that unwinds has its own copy, which others cannot see.
    static readonly string[] Flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O2", "-fPIC", "-fvisibility=hidden"];

    /// <summary>What the library depends on besides the compiler, to be part of a fingerprint.</summary>
    public IEnumerable<(string Name, string Value)> Inputs =>
        [(SourceName, SourceFolder.HashOf(source)), ("flags of dl_find_object.c", string.Join(' ', Flags))];

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
