using L4ReMusl.Checks;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;

namespace L4ReMusl.Backend;

/// <summary>Runs a program of the l4re flavour that reports checks, on the backends that QEMU can run on any host.</summary>
/// <param name="architecture">What the program is for.</param>
/// <param name="folder">The folder with one program for each backend, named after it.</param>
/// <param name="name">What the program is, for messages.</param>
/// <param name="alternative">What else to do if the emulator is missing, as the end of a sentence; may be empty.</param>
/// <param name="tools">Runs emulators.</param>
public sealed class BackendPrograms(Architecture architecture, string folder, string name, string alternative, ToolRunner tools)
{
    /// <summary>The backend of real system calls.</summary>
    public const string Linux = "linux";

    /// <summary>The backend without any kernel.</summary>
    public const string Semihosting = "semihosting";

    /// <summary>The backends that can be run here.</summary>
    public static IReadOnlyList<string> Backends { get; } = [Linux, Semihosting];

    /// <summary>Runs the one that makes real system calls, in user-mode emulation.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The names of the checks, all of which passed.</returns>
    /// <exception cref="BuildException">A check failed, the program did not finish, or there is no emulator.</exception>
    public IReadOnlyList<string> RunOnLinux(params IReadOnlyList<string> arguments) =>
        Run(Linux, architecture.QemuUser, "qemu-user", [Program(Linux), .. arguments]);

    /// <summary>Runs the one without a kernel, in an emulated machine that runs nothing else, not even firmware.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The names of the checks, all of which passed.</returns>
    /// <exception cref="BuildException">A check failed, the program did not finish, or there is no emulator.</exception>
    public IReadOnlyList<string> RunOnBareMachine(params IReadOnlyList<string> arguments)
    {
        var machine = architecture.Emulation
            ?? throw new BuildException(
                $"No machine for {architecture} can be emulated: config/architectures/{architecture}.json has no 'emulation'.");
        return Run(Semihosting, machine.QemuSystem, machine.QemuPackage, machine.BareArguments(Program(Semihosting), arguments));
    }

    IReadOnlyList<string> Run(string backend, string emulator, string package, IReadOnlyList<string> arguments)
    {
        if (tools.Find(emulator) is null)
        {
            throw new BuildException(
                $"'{emulator}', which runs {name}, was not found; install the package '{package}'{alternative}.");
        }

        // The program may write files into its working directory.
        using var scratch = new ScratchFolder();
        var result = tools.Run(new ToolInvocation(emulator, arguments)
        {
            WorkingDirectory = scratch.Path,
            Timeout = TimeSpan.FromMinutes(2),
        });
        return CheckReport.AllPassed(result, $"On the backend {backend} for {architecture}, {name}");
    }

    string Program(string backend) => Path.Combine(Path.GetFullPath(folder), backend);
}
