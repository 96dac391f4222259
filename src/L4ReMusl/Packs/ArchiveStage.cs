using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Sboms;
using L4ReMusl.Stages;
using ZstdSharp;

namespace L4ReMusl.Packs;

/// <summary>
/// Puts a result into archives, as <c>.tar.gz</c> and <c>.tar.zst</c>, with the licences of what is in it, and its documents
/// beside them.
/// </summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="content">The result.</param>
/// <param name="version">The version of this project.</param>
/// <param name="time">The time of everything in the archives.</param>
/// <param name="licences">The texts of licences.</param>
public sealed class ArchiveStage(
    BuildLayout layout, PackContent content, string version, DateTimeOffset time, LicenceTexts licences)
    : Stage([content.Result, content.Documents, .. licences.StagesOf(content.Things)])
{
    /// <summary>The suffixes of archives.</summary>
    public const string Gzip = ".tar.gz", Zstandard = ".tar.zst";

    const string Recipe = "1"; // Increment when the same inputs give other archives.
    const string Licences = "LICENSES";
    const int Level = 12; // Higher ones make the archives 3 % smaller, and take four times as long.

    /// <inheritdoc/>
    public override string Name => $"pack-{content.Kind}-{content.Architecture}";

    /// <inheritdoc/>
    public override string Output => Path.Combine(layout.Archives, $"{content.Kind}-{content.Architecture}");

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ("version", version),
        ("gzip", GzipFile.Compressor),
        ("zstd", $"ZstdSharp {typeof(Compressor).Assembly.GetName().Version}, level {Level}"),
        .. SourceFolder.Hashes("config/licences", layout.Licences),
        ("LICENSE", Fingerprint.Sha256OfFile(layout.OwnLicence)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        Directory.CreateDirectory(scratch);
        var archive = Path.Combine(scratch, content.NameIn(version));
        using var work = WorkFolder.Beside(scratch);
        CollectLicences(work.Path);
        GzipFile.Write(archive + Gzip, stream => WriteTar(stream, work.Path));
        using (var file = File.Create(archive + Zstandard))
        using (var compressed = new CompressionStream(file, Level))
            WriteTar(compressed, work.Path);
        foreach (var (name, suffix) in Documents)
        {
            if (Path.Combine(content.Documents.Output, name) is var document && File.Exists(document))
                File.Copy(document, archive + suffix);
        }

        foreach (var file in Directory.EnumerateFiles(scratch))
            File.SetUnixFileMode(file, FileModes.File);
        File.SetUnixFileMode(scratch, FileModes.Program);
        return
        [
            Figure.Size("gzip", new FileInfo(archive + Gzip).Length),
            Figure.Size("zstd", new FileInfo(archive + Zstandard).Length),
        ];
    }

    static (string Name, string Suffix)[] Documents =>
        [(CycloneDx.FileName, ".cdx.json"), (Spdx.FileName, ".spdx.json"), (OpenVex.FileName, ".openvex.json")];

    void CollectLicences(string folder)
    {
        foreach (var (path, text) in licences.Of(content.Things))
            FileModes.WriteFile(Path.Combine(folder, path), text);
        foreach (var entry in FileTree.List(folder).Where(entry => entry.IsFolder))
            File.SetUnixFileMode(Path.Combine(folder, entry.Path), FileModes.Program);
    }

    void WriteTar(Stream stream, string texts)
    {
        var top = content.NameIn(version) + "/";
        using var tar = new TreeTar(stream, time);
        tar.AddFolder(top, FileModes.Program);
        tar.AddContent(content.Result.Output, top);
        tar.AddFolder($"{top}{Licences}/", FileModes.Program);
        tar.AddContent(texts, $"{top}{Licences}/");
    }
}
