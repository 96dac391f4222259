using System.Diagnostics;
using System.Globalization;
using L4ReMusl.Boot;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Smoke;

/// <summary>Boots the images of L4Re, and judges what they print.</summary>
/// <param name="bootSet">The folder of the images, with the script that boots them.</param>
/// <param name="verdicts">The entries to boot, all of which power off, and what judges their output.</param>
/// <param name="logs">The folder of serial logs.</param>
/// <param name="tools">Runs the emulator.</param>
/// <param name="display">Shows progress.</param>
public sealed class L4ReBoots(
    string bootSet,
    IReadOnlyList<(BootEntry Entry, Func<SerialOutput, Verdict> Verdict)> verdicts,
    string logs,
    ToolRunner tools,
    ProgressDisplay display)
{
    /// <summary>How long an image may take from power on to power off.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Boots all images that power off when they are done.</summary>
    /// <returns>What was seen, in a few words.</returns>
    /// <exception cref="BuildException">One failed.</exception>
    public string Run() => string.Join(", ", verdicts.Select(Run));

    string Run((BootEntry Entry, Func<SerialOutput, Verdict> Verdict) tested)
    {
        var entry = tested.Entry;
        var watch = Stopwatch.StartNew();
        var log = Path.Combine(logs, $"smoke-{entry}.log");
        var output = new SerialSession(tools, display).Run(
            $"Booting {entry} in QEMU",
            new ToolInvocation(Path.Combine(bootSet, BootSetTemplates.L4ReScript), entry.Name) { Timeout = Limit },
            log);
        var verdict = tested.Verdict(output).And(() => Verdict.Of(output.ExitCode is 0, () => output.Ending));
        return verdict.IsGood
            ? string.Create(CultureInfo.InvariantCulture, $"{entry} {watch.Elapsed.TotalSeconds:0.0} s")
            : throw output.Failure($"{entry}: {verdict.Reason}", log);
    }
}
