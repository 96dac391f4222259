using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Musl;

/// <summary>
/// Takes the debug symbols out of what was compiled. Those of the shared library go into a file that debuggers find by its
/// build ID; those of static libraries and start files are dropped.
/// </summary>
/// <param name="toolchain">The tools.</param>
/// <param name="tools">Runs them.</param>
public sealed class DebugSymbols(Toolchain toolchain, ToolRunner tools)
{
    /// <summary>The folder of symbols, in that of what was compiled.</summary>
    public const string Folder = "debug";

    /// <summary>The folder of musl's sources, as symbols name it; debuggers have a setting for where it really is.</summary>
    public const string SourceFolder = "/usr/src/musl";

    /// <summary>
    /// What compilers find in PWD. They take the folder that they work in from there, if it leads to it. This does from
    /// everywhere, so symbols do not depend on the real one; and it has no spaces, as an option in a makefile must not.
    /// </summary>
    public const string WorkFolder = "/proc/self/cwd";

    /// <summary>Takes the symbols out.</summary>
    /// <param name="compiled">The folder with what was compiled.</param>
    /// <exception cref="BuildException">The shared library has no build ID.</exception>
    public void Separate(string compiled)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(compiled, "lib")))
        {
            if (Path.GetExtension(file) == ".so")
                Keep(file, Path.Combine(compiled, Folder));
            var mode = File.GetUnixFileMode(file);
            Run("strip", "--strip-debug", "--enable-deterministic-archives", file);
            File.SetUnixFileMode(file, mode);
        }
    }

    void Keep(string library, string folder)
    {
        var id = new ElfFile(library).BuildId ?? throw new BuildException(
            $"'{toolchain.Tool("gcc")}' links libraries without a build ID, by which debuggers find symbols; use a compiler "
            + "that adds one, or leave out --debug-symbols.");
        var target = Path.Combine(folder, ".build-id", id[..2], id[2..] + ".debug");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Run("objcopy", "--only-keep-debug", library, target);
        File.SetUnixFileMode(target, FileModes.File);
    }

    void Run(string tool, params string[] arguments) =>
        tools.Run(new ToolInvocation(toolchain.Tool(tool), arguments)).OrThrow($"separate debug symbols");
}
