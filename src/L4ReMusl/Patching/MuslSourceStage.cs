using L4ReMusl.Incremental;
using L4ReMusl.Reporting;
using L4ReMusl.Sources;

namespace L4ReMusl.Patching;

/// <summary>Makes the source tree: the archive's files with the series applied.</summary>
/// <param name="layout">Where it goes.</param>
/// <param name="source">The archive.</param>
/// <param name="series">The patches.</param>
/// <param name="applier">Applies them.</param>
public sealed class MuslSourceStage(BuildLayout layout, FetchedArchive source, PatchSeries series, PatchApplier applier) : IStage
{
    const string Recipe = "1"; // Count up when the same archive and patches give another tree.

    /// <inheritdoc/>
    public string Name => "source-musl";

    /// <inheritdoc/>
    public string Output => layout.MuslSource;

    /// <inheritdoc/>
    public Fingerprint Inputs => new(
    [
        ("recipe", Recipe),
        ($"{source.Archive.Name} {source.Archive.Version}", source.Archive.Sha256),
        ("order of the series", string.Join(' ', series.Patches.Select(patch => patch.FileName))),
        .. series.Patches.Select(patch => (patch.FileName, patch.Sha256)),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var files = new ArchiveExtractor().Extract(source.Path, source.Archive.TopFolder, scratch);
        applier.Apply(scratch, series.Patches);
        return
        [
            new Figure("version", source.Archive.Version),
            new Figure("files", $"{files}"),
            new Figure("patches", $"{series.Patches.Count}"),
            new Figure("CVEs closed", $"{series.Cves.Count}"),
        ];
    }
}
