using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Stages;

namespace L4ReMusl.Packaging;

/// <summary>Installs the staged prefix as the L4Re package <c>musl</c>, with the package's own makefile.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="architecture">What the prefix is for.</param>
/// <param name="prefix">Makes the prefix.</param>
/// <param name="tools">Runs <c>make</c>.</param>
public sealed class PackageStage(BuildLayout layout, Architecture architecture, IStage prefix, ToolRunner tools) : Stage(prefix)
{
    // The l4re flavour is in the package only in a tree. In prebuilt, a user may have put prefixes.
    static readonly string[] OtherFolders = ["backend", "native", "examples", "prebuilt"];

    /// <inheritdoc/>
    public override string Name => $"package-{architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.Package(architecture);

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs => SourceFolder.Hashes("pkg/musl", layout.PackageSource)
        .Where(file => !OtherFolders.Any(folder => file.Name.StartsWith($"pkg/musl/{folder}/", StringComparison.Ordinal)));

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        tools.Run(new ToolInvocation(
            "make",
            "--no-print-directory",
            "-C", layout.PackageSource,
            "install",
            MakeVariable.Assign("MUSL_PREFIX", prefix.Output),
            MakeVariable.Assign("ARCH", architecture.Name),
            MakeVariable.Assign("DESTDIR", Path.GetFullPath(scratch))))
            .OrThrow($"install the package pkg/musl for {architecture}");
        return
        [
            new Figure("files", FileTree.List(scratch).Count(entry => !entry.IsFolder).ToString()),
            Figure.Size("size", FileTree.Size(scratch)),
        ];
    }
}
