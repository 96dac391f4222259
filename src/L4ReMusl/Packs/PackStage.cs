using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Sboms;
using L4ReMusl.Stages;

namespace L4ReMusl.Packs;

/// <summary>
/// Makes a pack: a folder with the archives of all results, the sources of what is in them, a statement of what they were made
/// from, the sums of all files, and perhaps a signature.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="archives">Make the archives.</param>
/// <param name="licences">Have the archives of sources.</param>
/// <param name="provenance">Says what results were made from.</param>
/// <param name="signature">Signs.</param>
/// <param name="key">The key to sign with; <see langword="null"/> for no signature.</param>
public sealed class PackStage(
    BuildLayout layout,
    IReadOnlyList<ArchiveStage> archives,
    IReadOnlyList<LicenceStage> licences,
    Func<Provenance> provenance,
    PackSignature signature,
    SshKey? key) : Stage([.. archives, .. licences])
{
    const string Recipe = "1"; // Increment when the same inputs give another pack.

    Provenance Facts => field ??= provenance();

    /// <inheritdoc/>
    public override string Name => "pack";

    /// <inheritdoc/>
    public override string Output => layout.Pack;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        (Provenance.FileName, Fingerprint.Sha256(Facts.Describe([]))),
        ("key", key is null ? "none" : signature.PublicKeyOf(key)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        Directory.CreateDirectory(scratch);
        foreach (var file in archives.SelectMany(archive => Directory.EnumerateFiles(archive.Output)))
            Add(file);
        foreach (var source in licences.Select(licence => licence.Source.Fetch().Path))
            Add(source);
        Write(Provenance.FileName, Facts.Describe(Files()));
        Write(Sha256Sums.FileName, Sha256Sums.Of(Files()));
        if (key is not null)
        {
            signature.Sign(scratch, key);
            File.SetUnixFileMode(Path.Combine(scratch, PackSignature.FileName), FileModes.File);
        }

        File.SetUnixFileMode(scratch, FileModes.Program);
        return
        [
            new Figure("files", $"{Directory.GetFiles(scratch).Length}"),
            Figure.Size("size", FileTree.Size(scratch)),
            new Figure("in", Path.GetRelativePath(layout.Root, Output)),
        ];

        void Add(string file)
        {
            var copy = Path.Combine(scratch, Path.GetFileName(file));
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, FileModes.File);
        }

        void Write(string name, string text) => FileModes.WriteFile(Path.Combine(scratch, name), text);

        IReadOnlyList<ProductFile> Files() => PackFolder.FilesIn(scratch);
    }
}
