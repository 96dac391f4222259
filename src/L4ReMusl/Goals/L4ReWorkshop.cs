using L4ReMusl.Boot;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.L4Re;
using L4ReMusl.Layout;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.NativeBoot;
using L4ReMusl.Packaging;
using L4ReMusl.Smoke;
using L4ReMusl.Stages;

namespace L4ReMusl.Goals;

/// <summary>All that is done with a user's L4Re tree.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="tree">The tree.</param>
/// <param name="toolchain">The compiler for it.</param>
/// <param name="runner">Runs make and the emulator.</param>
/// <param name="display">Shows progress.</param>
public sealed class L4ReWorkshop(BuildLayout layout, L4ReTree tree, Toolchain toolchain, ToolRunner runner, ProgressDisplay display)
{
    /// <summary>The tree.</summary>
    public L4ReTree Tree => tree;

    /// <summary>Builds the package in the tree, with what boot images need if that was made: otherwise it would be taken away there, only to be brought again.</summary>
    /// <exception cref="BuildException">It cannot be built, or is not what it should be.</exception>
    public StageReport Install()
    {
        if (layout.Root.Any(char.IsWhiteSpace))
            throw new BuildException($"L4Re's makefiles cannot cope with the blank in '{layout.Root}'; work in a clone of this repository without one in its path.");
        using var commands = new CommandLog(runner, layout.Log("l4re-package"));
        var package = new TreePackage(tree, layout.PackageSource, new TreeMake(tree, toolchain, commands));
        var assets = layout.L4ReAssets(tree.Architecture);
        var figures = package.Install(layout.Prefix(tree.Architecture), Directory.Exists(assets) ? assets : null);
        return new StageReport("package-in-tree", StageOutcome.Made, figures);
    }

    /// <summary>Makes the boot images; the package must be there with all that they need.</summary>
    /// <exception cref="BuildException">One cannot be made.</exception>
    public StageReport MakeImages()
    {
        using var commands = new CommandLog(runner, layout.Log("l4re-images"));
        var figures = new TreeImages(tree, new TreeMake(tree, toolchain, commands), display).Make(layout.L4ReImages(tree.Architecture));
        return new StageReport($"l4re-images-{tree.Architecture}", StageOutcome.Made, figures);
    }

    /// <summary>Boots the images in QEMU.</summary>
    /// <param name="checks">The names of the checks that the Linux guest must report.</param>
    /// <returns>What was seen, in a few words.</returns>
    /// <exception cref="BuildException">One failed.</exception>
    public string Test(IReadOnlyList<string> checks)
    {
        var assets = layout.L4ReAssets(tree.Architecture);
        var prefix = Path.Combine(layout.Prefix(tree.Architecture), "lib");
        var sizes = new Dictionary<string, long>
        {
            [tree.Architecture.Loader] = SizeOf(Path.Combine(prefix, "libc.so")),
            ["libc.so"] = SizeOf(Path.Combine(prefix, "libc.so")),
            ["lsb_root.img"] = SizeOf(Path.Combine(assets, "lsb_root.img")),
        };
        var token = File.ReadAllText(Path.Combine(assets, L4ReAssetsStage.TokenFile)).Trim();
        var native = NativePrograms.In(Path.Combine(assets, NativePrograms.Folder));
        var verdicts = new Dictionary<BootEntry, Func<SerialOutput, Verdict>>
        {
            [BootEntry.Modules] = output => L4ReVerdict.OfModules(output, sizes),
            [BootEntry.VirtualMachineTest] = output => new SerialVerdict(token, checks).Of(output),
            [BootEntry.Native] = output => L4ReVerdict.OfNative(output, native.Commands, native.Tests),
        };
        return new L4ReBoots(layout.BootSet(tree.Architecture), verdicts, layout.Logs, runner, display).Run();
    }

    static long SizeOf(string file) => new FileInfo(file).Length;
}
