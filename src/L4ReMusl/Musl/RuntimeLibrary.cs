using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Musl;

/// <summary>
/// A static library in a prefix with what the runtime of a compiler for glibc calls, and musl lacks. The compiler wrapper links
/// it behind that runtime. It is not in libc, so that libc exports what musl defines.
/// </summary>
/// <param name="name">Its name, as the linker's option <c>-l</c> takes it.</param>
/// <param name="source">Its only source, which has the same name, and lies in a folder of <c>config</c>.</param>
/// <param name="toolchain">The compiler.</param>
/// <param name="runner">Runs it.</param>
public sealed class RuntimeLibrary(string name, string source, Toolchain toolchain, ToolRunner runner)
{
    /// <summary>
    /// The library with <c>_dl_find_object</c>, which unwinders call on all architectures but arm. It also lets the unwinders of
    /// several shared objects work together.
    /// </summary>
    public const string FindObject = "dl_find_object";

    /// <summary>
    /// The library with the names under which <c>libgcov</c>, GCC's library for <c>--coverage</c>, calls functions of libc.
    /// </summary>
    public const string Coverage = "gcov_glibc";

    // Every program and shared object has its own copy, which others cannot see.
    static readonly string[] Flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O2", "-fPIC", "-fvisibility=hidden"];

    string Member => $"{name}.o";

    /// <summary>The file of a library, below a prefix.</summary>
    public static string FileOf(string name) => $"lib/lib{name}.a";

    /// <summary>The library with <c>_dl_find_object</c>.</summary>
    public static RuntimeLibrary ForUnwinder(BuildLayout layout, Toolchain toolchain, ToolRunner runner) =>
        new(FindObject, layout.DlFindObject, toolchain, runner);

    /// <summary>The library for <c>libgcov</c>.</summary>
    public static RuntimeLibrary ForCoverage(BuildLayout layout, Toolchain toolchain, ToolRunner runner) =>
        new(Coverage, layout.GcovGlibc, toolchain, runner);

    /// <summary>What the library depends on besides the compiler, to be part of a fingerprint.</summary>
    public IEnumerable<(string Name, string Value)> Inputs =>
    [
        ($"config/{Path.GetFileName(Path.GetDirectoryName(source))}/{Path.GetFileName(source)}", SourceFolder.HashOf(source)),
        ($"flags of {Path.GetFileName(source)}", string.Join(' ', Flags)),
    ];

    /// <summary>Compiles it into a prefix that already has its headers and its compiler wrapper.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="wrapper">The wrapper.</param>
    /// <param name="options">More options for the compiler.</param>
    /// <exception cref="BuildException">It does not compile.</exception>
    public void WriteTo(string prefix, CompilerWrapper wrapper, params IEnumerable<string> options)
    {
        var compiled = Path.Combine(Path.GetFullPath(prefix), "lib", Member);
        var library = Path.Combine(Path.GetFullPath(prefix), FileOf(name));
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
            Archive(scratch.FullName, "x", Path.GetFullPath(Path.Combine(prefix, FileOf(name))));
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
