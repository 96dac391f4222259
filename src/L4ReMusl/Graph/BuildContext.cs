using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Settings;
using Serilog;

namespace L4ReMusl.Graph;

/// <summary>What all parts of a build use.</summary>
/// <param name="Settings">What the user asked for.</param>
/// <param name="Layout">Where everything lies.</param>
/// <param name="Tools">Runs tools.</param>
/// <param name="Display">Shows progress.</param>
/// <param name="Log">Receives what is done and why.</param>
public sealed record BuildContext(
    BuildSettings Settings, BuildLayout Layout, ToolRunner Tools, ProgressDisplay Display, ILogger Log)
{
    /// <summary>The kernel's headers in the prefixes for an architecture.</summary>
    public KernelHeadersFolder KernelHeadersFor(Architecture architecture) => new(Settings.KernelHeadersOf(architecture));
}
