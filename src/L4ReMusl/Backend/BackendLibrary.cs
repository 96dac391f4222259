using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;

namespace L4ReMusl.Backend;

/// <summary>Compiles a backend: the library whose functions serve musl's system calls.</summary>
/// <param name="name">The backend's name, which is that of its folder.</param>
/// <param name="sources">The folder of all backends, with the header that they share.</param>
/// <param name="toolchain">The compiler.</param>
public sealed class BackendLibrary(string name, string sources, Toolchain toolchain)
{
    /// <summary>
    /// The folder, beside those of the backends, whose sources are part of each backend that has a <see cref="CommonHeader"/>.
    /// </summary>
    public const string CommonFolder = "common";

    /// <summary>The backend's header that the common sources include: what they must know about it.</summary>
    public const string CommonHeader = "common.h";

    /// <summary>
    /// The object that is linked into every program, before musl's own start file; its source has the same name.
    /// </summary>
    public const string StartFile = "start.o";

    /// <summary>The linker script.</summary>
    public const string LinkerScript = "link.ld";

    /// <summary>The backend's folder of headers for programs that use what is behind it.</summary>
    public const string HeaderFolder = "include";

    static readonly string[] Flags =
    [
        "-std=gnu11", "-Os", "-Wall", "-Wextra", "-Werror",
        // Lets the linker drop what a program does not use.
        "-ffunction-sections", "-fdata-sections",
        // This code runs below libc: before thread-local storage is set up, and with nothing to unwind it.
        "-fno-stack-protector", "-fno-asynchronous-unwind-tables", "-fno-unwind-tables",
        // Otherwise the compiler replaces loops by calls of libc's memset and memcpy.
        "-ffreestanding", "-fno-tree-loop-distribute-patterns",
    ];

    /// <summary>The flags for the sources of all backends.</summary>
    public static IEnumerable<string> FlagsFor(Architecture architecture) => [.. architecture.BackendFlags, .. Flags];

    /// <summary>Checks that the backends have code for all of some architectures.</summary>
    /// <exception cref="BuildException">They have none for one of them.</exception>
    public static void Validate(IEnumerable<Architecture> architectures)
    {
        if (architectures.FirstOrDefault(architecture => architecture.Backend is null) is { } without)
        {
            throw new BuildException(
                $"The {Flavour.L4Re} flavour is not available for {without}: no backend in pkg/musl/backend has code for it. "
                + $"Leave {without} out of --architectures, or build with --flavours {Flavour.Linux}.");
        }
    }

    /// <summary>The name of a backend's library, as the linker's option <c>-l</c> takes it.</summary>
    public static string LibraryName(string backend) => $"syscalls-{backend}";

    /// <summary>Compiles into a prefix that already has its headers and its compiler wrapper.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="extra">More options for the compiler.</param>
    /// <param name="kernelHeaders">The kernel's headers in the prefix.</param>
    /// <param name="log">Runs the tools.</param>
    /// <exception cref="BuildException">It does not compile.</exception>
    public void Build(string prefix, IEnumerable<string> extra, KernelHeadersFolder kernelHeaders, CommandLog log)
    {
        var folder = Directory.CreateDirectory(Path.Combine(prefix, BackendFolder.Of(name))).FullName;
        var script = Path.Combine(sources, name, LinkerScript);
        var files = SourceFiles();
        foreach (var (specs, hasFallback) in new[] { (BackendSpecs.FileName, false), (BackendSpecs.FileNameWithFallback, true) })
        {
            FileModes.WriteFile(
                Path.Combine(folder, specs),
                BackendSpecs.Describe(name, files.Any(file => Object(file) == StartFile), File.Exists(script), hasFallback)
                    + kernelHeaders.Specs);
        }

        WriteHeaders(Path.Combine(folder, HeaderFolder));
        if (File.Exists(script))
            FileModes.WriteFile(Path.Combine(folder, LinkerScript), File.ReadAllText(script));

        var objects = Directory.CreateDirectory(Path.Combine(folder, "objects")).FullName;
        foreach (var file in files)
            Compile(prefix, file, Path.Combine(Object(file) == StartFile ? folder : objects, Object(file)), extra, log);
        var library = Path.Combine(folder, $"lib{LibraryName(name)}.a");
        log.Run($"make the library of the backend {name}", new ToolInvocation(
            toolchain.Tool("ar"), ["rcD", library, .. files.Select(Object).Where(member => member != StartFile)])
        {
            WorkingDirectory = objects,
        });
        File.SetUnixFileMode(library, FileModes.File);
        FileTree.Delete(objects);
    }

    void WriteHeaders(string folder)
    {
        var headers = Path.Combine(sources, name, HeaderFolder);
        if (!Directory.Exists(headers))
            return;
        Directory.CreateDirectory(folder);
        foreach (var header in FileTree.List(headers).Where(entry => entry.IsFile))
            FileModes.WriteFile(Path.Combine(folder, header.Path), File.ReadAllText(Path.Combine(headers, header.Path)));
    }

    void Compile(string prefix, string file, string target, IEnumerable<string> extra, CommandLog log)
    {
        var compiler = FlavourCompiler.In(prefix, toolchain);
        log.Run($"compile the backend {name} for {toolchain.Architecture}", new ToolInvocation(
            compiler.Path,
            [
                $"--backend={name}", .. FlagsFor(toolchain.Architecture), .. extra,
                "-I.", .. UsesCommon ? new[] { "-I", name } : [], "-I", Path.Combine(prefix, "share", "l4re-musl"),
                "-c", "-o", target, file,
            ])
        {
            // Relative names, so that no path of this machine gets into the objects.
            WorkingDirectory = sources,
            Environment = compiler.Environment,
        });
        File.SetUnixFileMode(target, FileModes.File);
    }

    bool UsesCommon => File.Exists(Path.Combine(sources, name, CommonHeader));

    /// <summary>The sources of the library, as paths below the folder of all backends.</summary>
    /// <exception cref="BuildException">
    /// Two files would become objects of the same name, but the library can hold only one.
    /// </exception>
    public IReadOnlyList<string> SourceFiles()
    {
        string[] folders = UsesCommon ? [name, CommonFolder] : [name];
        var files = folders.SelectMany(SourceFiles).ToList();
        var clash = files.GroupBy(Object).FirstOrDefault(sameName => sameName.Count() > 1);
        return clash is null
            ? files
            : throw new BuildException(
                $"The backend {name} has {string.Join(" and ", clash.Select(file => $"'{file}'"))}, "
                + $"which would all become '{clash.Key}'; rename all but one.");
    }

    IEnumerable<string> SourceFiles(string folder) => FileTree.List(Path.Combine(sources, folder))
        .Where(entry => entry.IsFile && Path.GetExtension(entry.Path) is ".c" or ".S")
        .Select(entry => Path.Combine(folder, entry.Path));

    static string Object(string file) => Path.ChangeExtension(Path.GetFileName(file), ".o");
}
