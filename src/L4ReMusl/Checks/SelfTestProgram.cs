using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Toolchains;

namespace L4ReMusl.Checks;

/// <summary>Compiles the self-test with the staged prefix's own compiler.</summary>
/// <param name="sources">The folder of its sources.</param>
/// <param name="compiler">The compiler.</param>
/// <param name="tools">Runs it.</param>
public sealed class SelfTestProgram(string sources, CompilerWrapper compiler, ToolRunner tools)
{
    /// <summary>Its place in the root file system: FHS 3.0, section 4.7, for programs that users do not run directly.</summary>
    public const string InstalledPath = "/usr/libexec/l4re-musl/self-test";

    /// <summary>The compiler's flags.</summary>
    public static IEnumerable<string> FlagsFor(Architecture architecture) =>
    [
        "-std=c11", "-D_GNU_SOURCE", $"-DLOADER=\"{architecture.Interpreter}\"", "-O2", "-Wall", "-Wextra", "-Werror", "-s",
    ];

    /// <summary>Compiles the program into a root file system.</summary>
    /// <exception cref="BuildException">It does not compile.</exception>
    public void Write(RootFsWriter root, Architecture architecture)
    {
        root.AddFile(InstalledPath, [], FileModes.Program);
        var files = FileTree.List(sources)
            .Select(entry => entry.Path)
            .Where(name => name.EndsWith(".c", StringComparison.Ordinal));
        tools.Run(new ToolInvocation(
            compiler.Path,
            [.. FlagsFor(architecture), "-o", Path.GetFullPath(root.HostPath(InstalledPath)), .. files])
        {
            // Relative names, so that no path of this machine gets into the program.
            WorkingDirectory = sources,
            Environment = compiler.Environment,
        }).OrThrow($"compile the self-test for {architecture}");
        File.SetUnixFileMode(root.HostPath(InstalledPath), FileModes.Program);
    }
}
