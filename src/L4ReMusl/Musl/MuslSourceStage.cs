using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Patching;
using L4ReMusl.Sources;
using L4ReMusl.Stages;

namespace L4ReMusl.Musl;

/// <summary>Makes the source tree: the archive's files with the series applied.</summary>
/// <param name="layout">Where it goes.</param>
/// <param name="source">The archive. It is verified right before it is unpacked: the stamp claims its hash.</param>
/// <param name="series">The patches.</param>
/// <param name="applier">Applies them.</param>
public sealed class MuslSourceStage(BuildLayout layout, ArchiveSource source, PatchSeries series, PatchApplier applier) : Stage
{
    const string Recipe = "1"; // Count up when the same archive and patches give another tree.

    /// <summary>The archive.</summary>
    public SourceArchive Archive => source.Archive;

    /// <inheritdoc/>
    public override string Name => "source-musl";

    /// <inheritdoc/>
    public override string Output => layout.MuslSource;

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ($"{Archive.Name} {Archive.Version}", Archive.Sha256),
        ("order of the series", string.Join(' ', series.Patches.Select(patch => patch.FileName))),
        .. series.Patches.Select(patch => (patch.FileName, patch.Sha256)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        var files = new ArchiveExtractor().Extract(source.Fetch().Path, Archive.TopFolder, scratch);
        applier.Apply(scratch, series.Patches);
        FileTree.SetTimes(scratch, Archive.Time); // No file is newer than what an earlier run compiled from it.
        return
        [
            new Figure("version", Archive.Version),
            new Figure("files", $"{files}"),
            new Figure("patches", $"{series.Patches.Count}"),
            new Figure("CVEs closed", $"{series.Cves.Count}"),
        ];
    }
}
