using L4ReMusl.Architectures;
using L4ReMusl.Images;
using L4ReMusl.Processes;
using L4ReMusl.RootFs;

namespace L4ReMusl.Flavours;

/// <summary>Runs the test program of the flavour l4re on those of its backends that any machine can run.</summary>
/// <param name="architecture">What the programs are for.</param>
/// <param name="programs">The folder in which each backend has one (see <see cref="FlavourTestStage"/>).</param>
/// <param name="tools">Runs emulators.</param>
public sealed class FlavourTest(Architecture architecture, string programs, ToolRunner tools)
{
    /// <summary>The backend of real system calls.</summary>
    public const string Linux = "linux";

    /// <summary>The backend without any kernel.</summary>
    public const string Semihosting = "semihosting";

    /// <summary>Those that can be tested here.</summary>
    public static IReadOnlyList<string> Backends { get; } = [Linux, Semihosting];

    /// <summary>Runs all checks, those of Linux included, in user-mode emulation.</summary>
    /// <returns>The names of the checks, all of which passed.</returns>
    public IReadOnlyList<string> RunOnLinux() => Run(Linux, architecture.QemuUser, "qemu-user", [Program(Linux), "linux"]);

    /// <summary>Runs the checks in an emulated machine that runs nothing else: not even firmware.</summary>
    /// <returns>The names of the checks, all of which passed.</returns>
    public IReadOnlyList<string> RunOnBareMachine()
    {
        var machine = architecture.Emulation ?? throw new BuildException($"Nothing is known of how to emulate a machine of the architecture {architecture}.");
        return Run(Semihosting, machine.QemuSystem, machine.QemuPackage, machine.BareArguments(Program(Semihosting)));
    }

    IReadOnlyList<string> Run(string backend, string emulator, string package, IReadOnlyList<string> arguments)
    {
        if (tools.Find(emulator) is null)
            throw new BuildException($"'{emulator}' was not found; install the package '{package}', or be content with a lower --smoke-level.");
        // The program writes files where it starts.
        using var folder = new ScratchFolder();
        var result = tools.Run(new ToolInvocation(emulator, arguments) { WorkingDirectory = folder.Path, Timeout = TimeSpan.FromMinutes(2) });
        return SelfTestVerdict.Passed(result, $"The test program of the flavour {Flavour.L4Re} for {architecture}, on the backend {backend},");
    }

    string Program(string backend) => Path.Combine(Path.GetFullPath(programs), backend);
}
