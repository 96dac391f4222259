using L4ReMusl.Backend;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.L4Re;
using L4ReMusl.Layout;
using L4ReMusl.Musl;
using L4ReMusl.Packaging;
using L4ReMusl.Stages;

namespace L4ReMusl.NativeBoot;

/// <summary>Makes boot images with a user's L4Re tree.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="tree">The tree.</param>
/// <param name="prefix">Makes the prefix that the package contains.</param>
/// <param name="native">Makes that of the l4re flavour.</param>
/// <param name="package">Builds the package in the tree.</param>
/// <param name="assets">Collects what else the images hold.</param>
/// <param name="runner">Runs make.</param>
/// <param name="display">Shows progress.</param>
public sealed class TreeImagesStage(
    BuildLayout layout,
    L4ReTree tree,
    PrefixStage prefix,
    L4RePrefixStage native,
    IStage package,
    IStage assets,
    ToolRunner runner,
    ProgressDisplay display) : Stage(prefix, native, package, assets)
{
    /// <inheritdoc/>
    public override string Name => $"l4re-images-{tree.Architecture}";

    /// <inheritdoc/>
    public override string Output => layout.L4ReImages(tree.Architecture);

    /// <inheritdoc/>
    public override string? ReasonToRunAlways => TreePackageStage.WhyAlways;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs => [("tree", tree.Build)];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        using var commands = new CommandLog(runner, layout.Log("l4re-images"));
        var make = new TreeMake(tree, prefix.Toolchain, commands);
        var musl = new TreePackage(tree, layout.PackageSource, make);
        musl.Install(prefix.Output, native.Output, assets.Output);
        musl.BuildExamples();
        return new TreeImages(tree, make, display).Make(scratch);
    }
}
