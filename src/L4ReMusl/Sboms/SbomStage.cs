using L4ReMusl.Auditing;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Layout;
using L4ReMusl.Stages;

namespace L4ReMusl.Sboms;

/// <summary>Writes the documents of a result: bills of materials, and the status of advisories.</summary>
/// <remarks>This is a separate stage, so that a new advisory causes no other rebuild.</remarks>
/// <param name="name">The stage's name.</param>
/// <param name="output">The folder of the documents.</param>
/// <param name="result">Makes the result that they are about.</param>
/// <param name="layout">Where the advisories are.</param>
/// <param name="describe">Describes the result.</param>
/// <param name="things">Lists the software in it.</param>
public sealed class SbomStage(
    string name,
    string output,
    IStage result,
    BuildLayout layout,
    Func<IReadOnlyList<ShippedThing>, Product> describe,
    Func<IReadOnlyList<ShippedThing>> things) : Stage(result)
{
    /// <summary>Makes the result that the documents are about.</summary>
    public IStage Result => result;

    /// <summary>The software in it.</summary>
    public IReadOnlyList<ShippedThing> Things => things();

    const string Recipe = "1"; // Increment when the same inputs give different documents.

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Output => output;

    /// <inheritdoc/>
    public override bool IsCacheable => true;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> OwnInputs =>
    [
        ("recipe", Recipe),
        ("config/assessments.json", SourceFolder.HashOf(layout.Assessments)),
        .. SourceFolder.Hashes("config/advisories", layout.Advisories),
        .. Things.Select(thing => ($"{thing}", Fingerprint.Sha256(string.Join('\n', Facts(thing))))),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Make(string scratch)
    {
        var product = describe(Things);
        var auditor = new Auditor(Assessment.ReadAll(layout.Assessments), product.Things);
        var findings = auditor.Examine(AdvisoryFiles.Read([layout.Advisories]));
        Directory.CreateDirectory(scratch);
        FileModes.WriteFile(Path.Combine(scratch, CycloneDx.FileName), CycloneDx.Describe(product));
        FileModes.WriteFile(Path.Combine(scratch, Spdx.FileName), Spdx.Describe(product));
        if (findings.Count > 0) // An OpenVEX document must have at least one statement.
            FileModes.WriteFile(Path.Combine(scratch, OpenVex.FileName), OpenVex.Describe(product, findings));
        File.SetUnixFileMode(scratch, FileModes.Program);
        return
        [
            new Figure("components", $"{product.Things.Count}"),
            new Figure("patches", $"{product.Things.Sum(thing => thing.Patches.Count)}"),
            new Figure("advisories", $"{findings.Count}"),
        ];
    }

    static IEnumerable<string?> Facts(ShippedThing thing) =>
    [
        thing.Purl, thing.Description, thing.Licence, thing.Cpe, thing.Sha256, thing.Url,
        .. thing.Repositories,
        .. thing.Packages.Select(package => $"{package}"),
        .. thing.Patches.Select(patch => patch.FileName + patch.Sha256),
    ];
}
