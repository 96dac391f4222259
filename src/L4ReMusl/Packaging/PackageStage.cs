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
/// <param name="prefix">The inputs of the stage that makes the prefix.</param>
/// <param name="tools">Runs <c>make</c>.</param>
public sealed class PackageStage(BuildLayout layout, Architecture architecture, Fingerprint prefix, ToolRunner tools) : IStage
{
    const string Recipe = "1";

    /// <inheritdoc/>
    public string Name => $"package-{architecture.Name}";

    /// <inheritdoc/>
    public string Output => layout.Package(architecture);

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
        [("recipe", Recipe), ("prefix", prefix.Digest), .. Sources]);

    // The backends of the flavour l4re, which lie there too, are no part of the package, nor is a prefix that its user has put there.
    IEnumerable<(string Name, string Value)> Sources => SourceFolder.Hashes("pkg/musl", layout.PackageSource)
        .Where(file => !file.Name.StartsWith("pkg/musl/backend/", StringComparison.Ordinal) && !file.Name.StartsWith("pkg/musl/prebuilt/", StringComparison.Ordinal));

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        tools.Run(new ToolInvocation(
            "make",
            "--no-print-directory",
            "-C", layout.PackageSource,
            "install",
            MakeVariable.Assign("MUSL_PREFIX", layout.Prefix(architecture)),
            MakeVariable.Assign("ARCH", architecture.Name),
            MakeVariable.Assign("DESTDIR", Path.GetFullPath(scratch)))).OrThrow($"install the package pkg/musl for {architecture}");
        return
        [
            new Figure("files", FileTree.List(scratch).Count(entry => !entry.IsFolder).ToString()),
            Figure.Size("size", FileTree.Size(scratch)),
        ];
    }
}
