using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Patching;
using L4ReMusl.Sources;
using L4ReMusl.Stages;

namespace L4ReMusl.Backend;

/// <summary>
/// Makes the source tree of the l4re flavour: the patched tree, with more patches, and with functions in place of system call
/// numbers.
/// </summary>
/// <param name="layout">Where the trees lie.</param>
/// <param name="source">Makes the patched tree.</param>
/// <param name="series">The flavour's own patches.</param>
/// <param name="applier">Applies them.</param>
/// <param name="architectures">All architectures.</param>
public sealed class L4ReSourceStage(
    BuildLayout layout,
    MuslSourceStage source,
    PatchSeries series,
    PatchApplier applier,
    IReadOnlyList<Architecture> architectures) : Stage(source)
{
    const string Recipe = "1"; // Count up when the same sources and patches give another tree.

    /// <summary>The archive that the sources come from.</summary>
    public SourceArchive Archive => source.Archive;

    /// <inheritdoc/>
    public override string Name => "source-musl-l4re";

    /// <inheritdoc/>
    public override string Output => layout.L4ReSource;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ("architectures with backends", string.Join(' ', Served)),
        ("order of the series", string.Join(' ', series.Patches.Select(patch => patch.FileName))),
        .. series.Patches.Select(patch => (patch.FileName, patch.Sha256)),
    ];

    // The names of their folders in musl.
    IEnumerable<string> Served => architectures.Where(architecture => architecture.Backend is not null)
        .Select(architecture => architecture.MuslArchitecture);

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        FileTree.Copy(source.Output, scratch);
        applier.Apply(scratch, series.Patches);
        var counts = Served.Select(architecture => WriteCalls(Path.Combine(scratch, "arch", architecture))).ToList();
        FileTree.SetTimes(scratch, Archive.Time); // See MuslSourceStage.
        return [new Figure("patches", $"{series.Patches.Count}"), new Figure("calls", string.Join(" and ", counts))];
    }

    static int WriteCalls(string folder)
    {
        var header = Path.Combine(folder, SyscallFunctions.HeaderPath);
        var calls = SyscallFunctions.Read(File.ReadAllText(header), header);
        File.WriteAllText(header, SyscallFunctions.Header(calls));
        File.WriteAllText(Path.Combine(folder, SyscallFunctions.ListName), SyscallFunctions.List(calls));
        return calls.Count;
    }
}
