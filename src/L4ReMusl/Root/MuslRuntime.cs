using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Musl;
using L4ReMusl.Packaging;

namespace L4ReMusl.Root;

/// <summary>
/// What dynamically linked programs need at run time: the loader, which is also libc, the links to it, and the shared libraries
/// of C++ if the prefix has that.
/// </summary>
/// <param name="package">The package that has the loader.</param>
/// <param name="prefix">The prefix.</param>
/// <param name="toolchain">Strips it.</param>
/// <param name="tools">Runs the toolchain.</param>
public sealed class MuslRuntime(InstalledPackage package, string prefix, Toolchain toolchain, ToolRunner tools)
{
    /// <summary>Where the loader looks for libraries, in this order.</summary>
    /// <remarks>These are also its defaults, without a path file (<c>ldso/dynlink.c</c>).</remarks>
    public static IReadOnlyList<string> SearchPath { get; } = ["/lib", "/usr/local/lib", "/usr/lib"];

    /// <summary>The options with which the loader is stripped.</summary>
    public static IReadOnlyList<string> StripOptions { get; } = ["--strip-unneeded"];

    /// <summary>Writes the runtime.</summary>
    /// <exception cref="BuildException">The package has no loader, or it could not be stripped.</exception>
    public void Write(RootFsWriter root)
    {
        var architecture = package.Architecture;
        if (!File.Exists(package.Loader))
            throw new BuildException($"'{package.Loader}' is missing; build the package for {architecture} first.");

        // The real file is in /lib: if the loader were a link into /usr, nothing would start before /usr is mounted.
        root.AddFile(architecture.Interpreter, Stripped(package.Loader), FileModes.Program);
        root.AddFile(
            $"/etc/{architecture.LoaderPathFile}",
            [.. string.Concat(SearchPath.Select(folder => folder + '\n')).Select(c => (byte)c)]);

        // Alpine's programs need this name. For the loader itself, any name that begins with "libc." means libc, and it looks
        // for no file; but package managers and other tools do.
        root.AddLink($"/lib/libc.musl-{architecture.LoaderArchitecture}.so.1", architecture.Loader);
        root.AddLink("/usr/bin/ldd", $"../..{architecture.Interpreter}");

        // For the loader, libm, libpthread and others mean libc as well, but libcrypt and libresolv don't.
        foreach (var name in (string[])["libc", "libcrypt", "libresolv"])
            root.AddLink($"/usr/lib/{name}.so", $"../..{architecture.Interpreter}");

        if (CxxFiles.AreIn(prefix))
            foreach (var library in (string[])[CxxFiles.SharedLibrary, CxxFiles.Unwinder])
                root.AddFile($"/usr/{library}", Stripped(Path.Combine(prefix, library)), FileModes.Program);
    }

    byte[] Stripped(string file)
    {
        var stripped = Path.GetTempFileName();
        try
        {
            tools.Run(new ToolInvocation(toolchain.Tool("strip"), [.. StripOptions, "-o", stripped, file]))
                .OrThrow($"strip '{file}'");
            return File.ReadAllBytes(stripped);
        }
        finally
        {
            File.Delete(stripped);
        }
    }
}
