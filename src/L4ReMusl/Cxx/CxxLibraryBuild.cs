using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;

namespace L4ReMusl.Cxx;

/// <summary>Builds the standard library of C++ alone, from a part of GCC's sources and without building a compiler.</summary>
/// <param name="layout">Where the source of an unwinder's function lies.</param>
/// <param name="runner">Runs configure, make and the compiler.</param>
/// <param name="display">Shows progress.</param>
public sealed class CxxLibraryBuild(BuildLayout layout, ToolRunner runner, ProgressDisplay display)
{
    // Folders of the library's sources, in the order in which they are made. The others have its documentation and tests.
    static readonly string[] Folders = ["include", "libsupc++", "src"], Targets = ["all", "install"];

    /// <summary>The options for <c>configure</c>.</summary>
    /// <remarks>
    /// <c>--enable-libstdcxx-time=yes</c>: the script takes the clocks to be absent when it may not run programs, but musl has
    /// them. Without a shared library, it ignores <c>--with-pic</c>; so the compiler's flags say how code finds its data.
    /// </remarks>
    public static IReadOnlyList<string> Options(Architecture architecture, CxxVariant variant) =>
    [
        $"--host={architecture.Triple}", "--prefix=/", "--libdir=/lib", $"--with-gxx-include-dir=/{CxxFiles.Headers}",
        "--disable-multilib", "--disable-nls", "--disable-libstdcxx-pch", "--disable-shared",
        "--enable-libstdcxx-time=yes", .. variant.Options,
    ];

    /// <summary>Builds the library.</summary>
    /// <param name="toolchain">The compiler.</param>
    /// <param name="variant">What to build.</param>
    /// <param name="source">The sources.</param>
    /// <param name="compiled">The musl to build against.</param>
    /// <param name="work">A folder to work in, without a space in its path.</param>
    /// <param name="result">The folder to make.</param>
    /// <param name="logFile">The file for the output of all commands.</param>
    /// <exception cref="BuildException">It does not compile.</exception>
    public void Run(
        Toolchain toolchain,
        CxxVariant variant,
        string source,
        MuslCompileStage compiled,
        string work,
        string result,
        string logFile)
    {
        var architecture = toolchain.Architecture;
        FileTree.Copy(source, Path.Combine(work, "gcc")); // The folder in the cache may have a space in its path.
        var folder = Directory.CreateDirectory(Path.Combine(work, "build")).FullName;
        var installed = Path.Combine(work, "installed");
        using var log = new CommandLog(runner, logFile);
        var sysroot = new CxxSysroot(work, layout, toolchain, runner);
        var variables = sysroot.Write(compiled, variant.Flags);
        log.Run($"configure the C++ library for {architecture}", new ToolInvocation(
            "sh", ["../gcc/libstdc++-v3/configure", .. Options(architecture, variant)])
        {
            WorkingDirectory = folder,
            Environment = variables,
        });
        using var progress = display.Start($"Compiling the C++ library for {architecture}", "objects");
        var objects = 0;
        foreach (var (target, part) in Targets.SelectMany(target => Folders.Select(part => (target, part))))
        {
            var make = new ToolInvocation("make", "-C", part, target, MakeVariable.Assign("DESTDIR", installed))
            {
                WorkingDirectory = folder,
                Environment = variables,
                SharesJobs = true,
            };
            log.Run($"build the C++ library for {architecture}", make, line =>
            {
                if (line.StartsWith("libtool: compile:", StringComparison.Ordinal))
                    progress.Report(new WorkProgress(++objects, 0));
            });
        }

        new InstalledCxx(installed, source, toolchain, log).Write(result);
        if (variant.HasShared)
            new SharedCxx(sysroot.Compiler, toolchain, runner, log).WriteTo(result, work);
        if (PrefixFiles.HostPaths(result, [work]).ToList() is { Count: > 0 } paths)
            throw new BuildException($"The C++ library is not the same in all folders:{IndentedLines.Of(paths.Take(5))}");
    }
}
