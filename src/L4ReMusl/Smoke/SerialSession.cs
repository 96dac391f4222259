using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Smoke;

/// <summary>Runs an emulator unattended, and keeps what its guest prints.</summary>
/// <param name="tools">Runs it.</param>
/// <param name="display">Shows progress.</param>
public sealed class SerialSession(ToolRunner tools, ProgressDisplay display)
{
    /// <summary>Returns when the emulator has ended or its time is up.</summary>
    /// <param name="title">What to show beside the progress.</param>
    /// <param name="emulator">The emulator, or a script that starts it, with its time limit.</param>
    /// <param name="logFile">Where the serial output goes.</param>
    public SerialOutput Run(string title, ToolInvocation emulator, string logFile)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        var lines = new List<string>();
        using var log = new StreamWriter(logFile);
        using var progress = display.Start(title, "lines on the serial console");
        var result = tools.RunWithin(emulator, line =>
        {
            log.WriteLine(line);
            lines.Add(Plain(line));
            progress.Report(new WorkProgress(lines.Count, 0));
        });
        return new SerialOutput(lines, emulator.Timeout, result?.ExitCode);
    }

    static string Plain(string line) => new([.. line.Where(c => c == '\t' || !char.IsControl(c))]);
}
