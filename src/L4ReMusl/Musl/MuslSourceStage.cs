using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Patching;
using L4ReMusl.Sources;
using L4ReMusl.Stages;

namespace L4ReMusl.Musl;

/// <summary>Makes the source tree: the archive's files with the series applied.</summary>
/// <param name="layout">Where it goes.</param>
/// <param name="source">The archive, which must be in the cache when the stage runs.</param>
/// <param name="series">The patches.</param>
/// <param name="applier">Applies them.</param>
public sealed class MuslSourceStage(BuildLayout layout, SourceArchive source, PatchSeries series, PatchApplier applier) : IStage
{
    const string Recipe = "1"; // Count up when the same archive and patches give another tree.

    /// <inheritdoc/>
    public string Name => "source-musl";

    /// <inheritdoc/>
    public string Output => layout.MuslSource;

    /// <inheritdoc/>
    public Fingerprint Inputs => field ??= new Fingerprint(
    [
        ("source recipe", Recipe),
        ($"{source.Name} {source.Version}", source.Sha256),
        ("order of the series", string.Join(' ', series.Patches.Select(patch => patch.FileName))),
        .. series.Patches.Select(patch => (patch.FileName, patch.Sha256)),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Make(string scratch)
    {
        var files = new ArchiveExtractor().Extract(Path.Combine(layout.Downloads, source.FileName), source.TopFolder, scratch);
        applier.Apply(scratch, series.Patches);
        return
        [
            new Figure("version", source.Version),
            new Figure("files", $"{files}"),
            new Figure("patches", $"{series.Patches.Count}"),
            new Figure("CVEs closed", $"{series.Cves.Count}"),
        ];
    }
}
