using L4ReMusl.Boot;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Machines;

namespace L4ReMusl.Smoke;

/// <summary>Boots a boot set unattended, with the script that users start.</summary>
/// <param name="tools">Runs it.</param>
/// <param name="display">Shows progress.</param>
public sealed class GuestSession(ToolRunner tools, ProgressDisplay display)
{
    /// <summary>Boots, and returns when the emulator has ended or its time is up.</summary>
    /// <param name="architecture">What is booted.</param>
    /// <param name="bootSet">The folder of the boot set.</param>
    /// <param name="token">The token that the guest must print with its results.</param>
    /// <param name="logFile">Where the serial output goes.</param>
    /// <param name="limit">The time limit.</param>
    /// <exception cref="BuildException">There is no such emulator.</exception>
    public SerialOutput Run(Architecture architecture, string bootSet, string token, string logFile, TimeSpan limit)
    {
        var emulator = architecture.Emulation!;
        if (tools.Find(emulator.QemuSystem) is null)
            throw new BuildException(
                $"'{emulator.QemuSystem}' was not found; install the package '{emulator.QemuPackage}', "
                + $"or run with --smoke-level {(int)SmokeLevel.UserMode}.");
        return new SerialSession(tools, display).Run(
            $"Booting {architecture} in QEMU",
            new ToolInvocation(Path.Combine(bootSet, BootSetTemplates.Script), $"smoke={token}") { Timeout = limit },
            logFile);
    }
}
