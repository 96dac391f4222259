using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.L4Re;
using L4ReMusl.Layout;
using L4ReMusl.Musl;
using L4ReMusl.Stages;

namespace L4ReMusl.Packaging;

/// <summary>Builds the package <c>musl</c> in a user's L4Re tree, and lists what it put there.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="tree">The tree.</param>
/// <param name="prefix">Makes the prefix that the package contains.</param>
/// <param name="native">Makes that of the l4re flavour; <see langword="null"/> if it is not wanted.</param>
/// <param name="runner">Runs make.</param>
public sealed class TreePackageStage(
    BuildLayout layout, L4ReTree tree, PrefixStage prefix, IStage? native, ToolRunner runner)
    : Stage([prefix, .. native is null ? (IStage[])[] : [native]])
{
    /// <summary>Why a stage that works in an L4Re tree always runs.</summary>
    public const string WhyAlways = "only the make of the L4Re tree knows whether something in it has changed";

    /// <inheritdoc/>
    public override string Name => "package-in-tree";

    /// <inheritdoc/>
    public override string Output => layout.L4ReTreePackage(tree.Architecture);

    /// <inheritdoc/>
    public override string? ReasonToRunAlways => WhyAlways;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs => [("tree", tree.Build)];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        L4ReTree.CheckSpaces(layout.Root);
        using var commands = new CommandLog(runner, layout.Log("l4re-package"));
        var package = new TreePackage(tree, layout.PackageSource, new TreeMake(tree, prefix.Toolchain, commands));
        // Assets that exist are kept; otherwise make would remove them, only to install them again for the boot images.
        var assets = layout.L4ReAssets(tree.Architecture);
        var files = package.Install(prefix.Output, native?.Output, Directory.Exists(assets) ? assets : null);
        File.WriteAllLines(scratch, files);
        return [new Figure("files", $"{files.Count}"), new Figure("in", tree.Build)];
    }
}
