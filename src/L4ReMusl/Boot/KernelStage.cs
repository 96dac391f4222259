using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Boot;

/// <summary>Fetches Debian's kernel for an architecture, and extracts it from its package.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="architecture">What it is for.</param>
/// <param name="emulation">Which kernel it is.</param>
/// <param name="kernels">Provides the packages.</param>
/// <param name="tools">Unpacks them.</param>
public sealed class KernelStage(
    BuildLayout layout, Architecture architecture, Emulation emulation, KernelStore kernels, ToolRunner tools) : Stage
{
    /// <summary>The kernel's package, found without using the network.</summary>
    /// <exception cref="BuildException">No run has found one yet, or a newer one is requested.</exception>
    public KernelPackage Package => kernels.Pinned(emulation);

    /// <inheritdoc/>
    public override string Name => $"kernel-{architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.Kernel(architecture);

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
        [("package", $"{Package.Name} {Package.Version} {Package.Sha256}"), ("unpacked with", KernelImage.Script)];

    /// <inheritdoc/>
    /// <remarks>The signed index of Debian's archive says which kernel is current.</remarks>
    public override void Prepare() => _ = kernels.Fetch(emulation);

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        new KernelImage(tools).Extract(Package, kernels.FileOf(Package), scratch);
        File.SetUnixFileMode(scratch, FileModes.File);
        return [new Figure("version", Package.Version), Figure.Size("size", new FileInfo(scratch).Length)];
    }
}
