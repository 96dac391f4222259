using L4ReMusl.Architectures;
using L4ReMusl.Flavours;
using L4ReMusl.Processes;
using L4ReMusl.Reporting;
using L4ReMusl.RootFs;

namespace L4ReMusl.Rust;

/// <summary>Runs what <see cref="NativeCrateStage"/> made.</summary>
/// <param name="architecture">What the programs are for.</param>
/// <param name="programs">Their folder.</param>
/// <param name="tools">Runs emulators.</param>
public sealed class NativeCrateTest(Architecture architecture, string programs, ToolRunner tools)
{
    /// <summary>Runs them all.</summary>
    /// <returns>How many checks passed on each backend.</returns>
    public Figure Run() => new(
        $"{architecture} {Flavour.L4Re}",
        $"{NativeCrateStage.Crate} {RunOnLinux().Count} passed on {FlavourTest.Linux}, {RunOnBareMachine().Count} passed on {FlavourTest.Semihosting}");

    /// <summary>Runs the program that makes real system calls, in user-mode emulation.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The names of the checks, all of which passed.</returns>
    /// <exception cref="BuildException">A check failed, the program did not come to its end, or there is no emulator.</exception>
    public IReadOnlyList<string> RunOnLinux(params string[] arguments) =>
        Run(FlavourTest.Linux, architecture.QemuUser, "qemu-user", [Program(FlavourTest.Linux), .. arguments]);

    /// <summary>Runs the program without a kernel, in an emulated machine that runs nothing else.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The names of the checks, all of which passed.</returns>
    /// <exception cref="BuildException">A check failed, the program did not come to its end, or there is no emulator.</exception>
    public IReadOnlyList<string> RunOnBareMachine(params string[] arguments)
    {
        var machine = architecture.Emulation ?? throw new BuildException($"Nothing is known of how to emulate a machine of the architecture {architecture}.");
        return Run(FlavourTest.Semihosting, machine.QemuSystem, machine.QemuPackage, machine.BareArguments(Program(FlavourTest.Semihosting), arguments));
    }

    IReadOnlyList<string> Run(string backend, string emulator, string package, IReadOnlyList<string> arguments)
    {
        if (tools.Find(emulator) is null)
            throw new BuildException($"'{emulator}', which runs Rust programs of the flavour {Flavour.L4Re}, was not found; install the package '{package}'.");
        var result = tools.Run(new ToolInvocation(emulator, arguments) { Timeout = TimeSpan.FromMinutes(2) });
        return SelfTestVerdict.Passed(result, $"The program {NativeCrateStage.Crate} for {architecture}, on the backend {backend},");
    }

    string Program(string backend) => Path.Combine(Path.GetFullPath(programs), backend);
}
