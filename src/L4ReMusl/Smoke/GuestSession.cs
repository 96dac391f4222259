using L4ReMusl.Boot;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Machines;

namespace L4ReMusl.Smoke;

/// <summary>What a guest printed on its serial line from power on until its emulator ended, or was ended.</summary>
/// <param name="Lines">The lines, without what terminals take for commands.</param>
/// <param name="Limit">The time that it had.</param>
/// <param name="ExitCode">The emulator's exit code; <see langword="null"/> if its time was up and it was killed.</param>
public sealed record SerialOutput(IReadOnlyList<string> Lines, TimeSpan Limit, int? ExitCode)
{
    const int LinesShown = 12;

    /// <summary>How the emulator ended, in words.</summary>
    public string Ending => ExitCode is { } code
        ? $"the emulator ended with exit code {code}"
        : $"it was still running after {Limit.TotalSeconds:0} s, and was killed";

    /// <summary>The end of it, to be shown.</summary>
    public string Tail => Lines.Count == 0
        ? "It printed nothing."
        : string.Join(Environment.NewLine, Lines.TakeLast(LinesShown).Select(line => $"  {line}").Prepend("Its last lines were:"));
}

/// <summary>Boots a boot set without anybody at its terminal, with the script that users start.</summary>
/// <param name="tools">Runs it.</param>
/// <param name="display">Shows that something goes on.</param>
public sealed class GuestSession(ToolRunner tools, ProgressDisplay display)
{
    /// <summary>Boots, and returns when the emulator has ended or its time is up.</summary>
    /// <param name="architecture">What is booted.</param>
    /// <param name="bootSet">The folder of the boot set.</param>
    /// <param name="token">What the guest is to sign its results with.</param>
    /// <param name="logFile">Where the serial output goes.</param>
    /// <param name="limit">The time that it has.</param>
    /// <exception cref="BuildException">There is no such emulator.</exception>
    public SerialOutput Run(Architecture architecture, string bootSet, string token, string logFile, TimeSpan limit)
    {
        var emulator = architecture.Emulation!;
        if (tools.Find(emulator.QemuSystem) is null)
            throw new BuildException(
                $"'{emulator.QemuSystem}' was not found; install the package '{emulator.QemuPackage}', or be content with --smoke-level {(int)SmokeLevel.UserMode}.");
        return new SerialSession(tools, display).Run(
            $"Booting {architecture} in QEMU",
            new ToolInvocation(Path.Combine(bootSet, BootSetTemplates.Script), $"smoke={token}") { Timeout = limit },
            logFile);
    }
}
