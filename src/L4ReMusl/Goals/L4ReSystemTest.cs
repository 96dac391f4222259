using L4ReMusl.Boot;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Musl;
using L4ReMusl.NativeBoot;
using L4ReMusl.Smoke;

namespace L4ReMusl.Goals;

/// <summary>Boots L4Re's images in QEMU: modules, virtual machine, native programs.</summary>
/// <param name="context">Holds the stages that made them.</param>
public sealed class L4ReSystemTest(GoalContext context)
{
    /// <summary>Boots each image that powers off when it is done.</summary>
    /// <param name="checks">The names of the checks that the Linux guest must report.</param>
    /// <returns>A short description of what passed.</returns>
    /// <exception cref="BuildException">An image did not pass.</exception>
    public string Run(IReadOnlyList<string> checks)
    {
        var (build, architecture) = (context.Build, context.Settings.Tree!.Architecture);
        var assets = context.Graph.Boot.Assets!.Output;
        var libc = SizeOf(Path.Combine(context.Graph.Musl.Prefixes[architecture].Output, "lib", "libc.so"));
        var sizes = new Dictionary<string, long>
        {
            [architecture.Loader] = libc,
            ["libc.so"] = libc,
            ["lsb_root.img"] = SizeOf(Path.Combine(assets, "lsb_root.img")),
        };
        var token = File.ReadAllText(Path.Combine(assets, L4ReAssetsStage.TokenFile)).Trim();
        var native = NativePrograms.In(Path.Combine(assets, NativePrograms.Folder));
        (string, int)[] examples = ExamplesWith(CxxFiles.AreIn(context.Graph.L4ReFlavour.Prefixes[architecture].Output));
        var verdicts = new Dictionary<BootEntry, Func<SerialOutput, Verdict>>
        {
            [BootEntry.Modules] = output => L4ReVerdict.OfModules(output, sizes),
            [BootEntry.VirtualMachineTest] = output => new SerialVerdict(token, checks).Of(output),
            [BootEntry.Native] = output => L4ReVerdict.OfTasks(output, BootEntry.Native, native.Commands, native.Tests),
            [BootEntry.LinuxTest] = output =>
                L4ReVerdict.OfTasks(output, BootEntry.LinuxTest, LinuxPrograms.Commands, LinuxPrograms.Tests),
            [BootEntry.Example] = output => L4ReVerdict.OfTasks(output, BootEntry.Example, examples, []),
        };
        var set = context.Graph.Boot.Sets[architecture].Output;
        var tested = BootEntry.All.Where(entry => entry.IsTested).Select(entry => (entry, verdicts[entry]));
        return new L4ReBoots(set, [.. tested], context.Layout.Logs, build.Tools, build.Display).Run();
    }

    // Those in C++ are built where the flavour has C++. The server ends with the machine.
    static (string Command, int ExitCode)[] ExamplesWith(bool cxx) =>
        [("musl-example-c", 0), ("musl-example-clock", 0), .. cxx ? [("musl-example-client", 0)] : ((string, int)[])[]];

    static long SizeOf(string file) => new FileInfo(file).Length;
}
