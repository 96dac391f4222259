using L4ReMusl.Checks;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Packaging;
using L4ReMusl.Stages;

namespace L4ReMusl.Root;

/// <summary>Assembles a root file system with FHS 3.0 layout and musl as its runtime, checks it, and runs its self-test.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="architecture">What it is for.</param>
/// <param name="inputs">What it is made of.</param>
/// <param name="tools">Runs external programs.</param>
public sealed class RootFsStage(BuildLayout layout, Architecture architecture, RootFsInputs inputs, ToolRunner tools) : IStage
{
    const string Recipe = "2";

    /// <inheritdoc/>
    public string Name => $"root-{architecture.Name}";

    /// <inheritdoc/>
    public string Output => layout.RootFs(architecture);

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
    [
        ("recipe", Recipe),
        ("package", inputs.Package.Digest),
        ("toolchain", inputs.Toolchain.Identity),
        ("musl version", inputs.MuslVersion),
        ("time", inputs.Time.ToUnixTimeSeconds().ToString()),
        ("config/lsb_root.permissions", SourceFolder.HashOf(layout.RootPermissions)),
        .. SourceFolder.Hashes("config/lsb_root", layout.RootSkeleton),
        .. SourceFolder.Hashes("config/self-test", layout.SelfTest),
        .. SourceFolder.Hashes("config/test-harness", layout.TestHarness),
        .. inputs.Components.SelectMany(component => new ComponentFiles(component).Inputs()),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var root = new RootFsWriter(scratch);
        new RootSkeleton(layout.RootSkeleton, PermissionTable.Read(layout.RootPermissions)).Write(
            root, RootSkeleton.Values(architecture, inputs.MuslVersion, [.. inputs.Components.SelectMany(stage => stage.Component.Shells)]));
        new MuslRuntime(new InstalledPackage(layout.Package(architecture), architecture), inputs.Toolchain, tools).Write(root);
        new SelfTestProgram(layout.SelfTest, inputs.Compiler, tools).Write(root, architecture);
        foreach (var component in inputs.Components)
            new ComponentFiles(component).Write(root);
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
}
