using L4ReMusl.Checks;
using L4ReMusl.Components;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Packaging;
using L4ReMusl.Stages;

namespace L4ReMusl.Root;

/// <summary>Assembles a root file system with FHS 3.0 layout and musl as its runtime, checks it, and runs its tests.</summary>
/// <param name="layout">Where everything is.</param>
/// <param name="inputs">What it is made from.</param>
/// <param name="tools">Runs external programs.</param>
public sealed class RootFsStage(BuildLayout layout, RootFsInputs inputs, ToolRunner tools)
    : Stage([inputs.Prefix, inputs.Package, .. inputs.Components])
{
    const string Recipe = "2"; // Increment when the same inputs give another root file system.

    /// <summary>The architecture of its programs.</summary>
    public Architecture Architecture => inputs.Prefix.Toolchain.Architecture;

    /// <inheritdoc/>
    public override string Name => $"root-{Architecture.Name}";

    /// <inheritdoc/>
    public override string Output => layout.RootFs(Architecture);

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ("toolchain", inputs.Prefix.Toolchain.Identity),
        ("strip", string.Join(' ', MuslRuntime.StripOptions)),
        ("flags of the self-test", string.Join(' ', SelfTestProgram.FlagsFor(Architecture))),
        ("musl version", inputs.MuslVersion),
        ("time", inputs.Time.ToUnixTimeSeconds().ToString()),
        ("config/lsb_root.permissions", SourceFolder.HashOf(layout.RootPermissions)),
        .. SourceFolder.Hashes("config/lsb_root", layout.RootSkeleton),
        .. SourceFolder.Hashes("config/self-test", layout.SelfTest),
        .. SourceFolder.Hashes("config/test-harness", layout.TestHarness),
        .. inputs.Components.SelectMany(component => new ComponentFiles(component).Inputs()),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        var (architecture, toolchain) = (Architecture, inputs.Prefix.Toolchain);
        var root = new RootFsWriter(scratch);
        string[] shells = [.. inputs.Components.SelectMany(stage => stage.Component.Shells)];
        new RootSkeleton(layout.RootSkeleton, PermissionTable.Read(layout.RootPermissions))
            .Write(root, RootSkeleton.Values(architecture, inputs.MuslVersion, shells));
        new MuslRuntime(new InstalledPackage(inputs.Package.Output, architecture), inputs.Prefix.Output, toolchain, tools)
            .Write(root);
        new SelfTestProgram(layout.SelfTest, inputs.Prefix.Compiler, tools).Write(root, architecture);
        foreach (var component in inputs.Components)
            new ComponentFiles(component).Write(root, ReplacedIn(component));
        root.Finish(inputs.Time);

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        new RootFsVerifier(architecture, [layout.Root, home]).Verify(scratch);
        var passed = new SelfTestRunner(architecture, tools).Run(scratch).Count;
        return
        [
            new Figure("files", FileTree.List(scratch).Count(entry => !entry.IsFolder).ToString()),
            Figure.Size("size", FileTree.Size(scratch)),
            new Figure("self-test", $"{passed} checks passed"),
        ];
    }

    HashSet<string> ReplacedIn(ComponentStage component) =>
        [.. inputs.Components.Where(other => other != component).SelectMany(other => other.Component.Replaces)];
}
