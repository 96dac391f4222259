using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Sources;
using L4ReMusl.Stages;

namespace L4ReMusl.Packs;

/// <summary>Collects the texts of licences that are in an archive of sources.</summary>
/// <param name="layout">Where they go.</param>
/// <param name="source">The archive.</param>
/// <param name="unpacker">Unpacks it.</param>
public sealed class LicenceStage(BuildLayout layout, ArchiveSource source, SourceUnpacker unpacker) : Stage
{
    const string Recipe = "1"; // Increment when the same archive gives other texts.

    // The names that projects give to such files, whatever their suffix.
    static readonly string[] Names = ["COPYING", "COPYRIGHT", "LICENCE", "LICENSE", "NOTICE"];

    /// <summary>The archive.</summary>
    public ArchiveSource Source => source;

    /// <inheritdoc/>
    public override string Name => $"licence-{source.Archive.Name}";

    /// <inheritdoc/>
    public override string Output => Path.Combine(layout.SourceLicences, source.Archive.Name);

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
        [("recipe", Recipe), (source.Archive.FileName, source.Archive.Sha256)];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        using var work = WorkFolder.Beside(scratch);
        var tree = Path.Combine(work.Path, "source");
        unpacker.Unpack(source.Fetch(), tree);
        var texts = FileTree.List(tree).Where(file => file.IsFile && IsLicence(file.Path)).ToList();
        if (texts.Count == 0)
        {
            throw new BuildException(
                $"{source.Archive.FileName} has no file with its licence: none that is named {string.Join(", ", Names)}.");
        }

        foreach (var text in texts)
            FileModes.WriteFile(Path.Combine(scratch, text.Path), File.ReadAllText(Path.Combine(tree, text.Path)));
        File.SetUnixFileMode(scratch, FileModes.Program);
        return [new Figure("texts", string.Join(' ', texts.Select(text => text.Path)))];
    }

    // At the top, or in a folder for them, such as REUSE's.
    static bool IsLicence(string path) => path.Split('/') switch
    {
        [var name] => Names.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)),
        [.., var folder, _] => string.Equals(folder, "licenses", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
