using L4ReMusl.Backend;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>A staged prefix of the l4re flavour, used as a user would.</summary>
sealed class FlavourPrefix(Architecture architecture, string path)
{
    public Architecture Architecture => architecture;

    public string Path => path;

    /// <summary>The prefix in the repository's folder <c>out</c>.</summary>
    public static FlavourPrefix Of(string architecture) =>
        new(Artefacts.Named(architecture), Artefacts.Layout.L4RePrefix(Artefacts.Named(architecture)));

    public ToolResult TryCompile(string source, string output, params string[] options) => Tools.OfHost.Run(new ToolInvocation(
        FlavourCompiler.PathIn(path, architecture),
        [source, "-o", output, "-O1", "-Wall", .. architecture.BackendFlags, .. options]));

    public void Compile(string source, string output, params string[] options) =>
        TryCompile(source, output, options).OrThrow($"compile {source} with {string.Join(' ', options)}");

    /// <summary>Runs a program that is linked with the backend for Linux.</summary>
    public ToolResult RunOnLinux(string program) =>
        Tools.OfHost.Run(new ToolInvocation(architecture.QemuUser, program) { Timeout = TimeSpan.FromMinutes(1) });

    /// <summary>Runs a program that is linked with the backend for semihosting.</summary>
    public ToolResult RunOnBareMachine(string program, params string[] arguments) => Tools.OfHost.Run(
        new ToolInvocation(architecture.Emulation!.QemuSystem, architecture.Emulation.BareArguments(program, arguments))
        {
            Timeout = TimeSpan.FromMinutes(1),
        });

    /// <summary>The system calls that are linked into a program, as the prefix's tool reports them.</summary>
    public IReadOnlyList<string> Calls(string program) =>
        Tools.OfHost.Run(new ToolInvocation(System.IO.Path.Combine(path, "bin", "l4re-syscalls"), program))
            .OrThrow("list the system calls").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
