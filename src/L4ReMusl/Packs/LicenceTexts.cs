using L4ReMusl.Auditing;
using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Packs;

/// <summary>The texts of the licences of what ships: those in its sources, or else the usual texts.</summary>
/// <param name="usual">The folder of the usual texts, by their names in SPDX expressions.</param>
/// <param name="own">This project's licence.</param>
/// <param name="sources">The stages that take texts from sources.</param>
public sealed class LicenceTexts(string usual, string own, IReadOnlyList<LicenceStage> sources)
{
    const string Project = "l4re-musl";

    static readonly string[] Operators = ["AND", "OR", "WITH"];

    /// <summary>The stages that some software needs.</summary>
    public IReadOnlyList<LicenceStage> StagesOf(IReadOnlyList<ShippedThing> things) =>
        [.. sources.Where(stage => things.Any(thing => IsOf(stage, thing)))];

    /// <summary>The texts, by their paths: a folder for each piece of software, and one for this project.</summary>
    /// <param name="things">The software.</param>
    /// <exception cref="BuildException">A text is missing.</exception>
    public IReadOnlyList<(string Path, string Text)> Of(IReadOnlyList<ShippedThing> things) =>
    [
        ($"{Project}/LICENSE", File.ReadAllText(own)),
        .. things.DistinctBy(thing => thing.Name).SelectMany(thing => FilesOf(thing)
            .Select(file => ($"{thing.Name}/{Path.GetFileName(file)}", File.ReadAllText(file)))
            .Concat(thing.SourcePage is { } page ? [($"{thing.Name}/SOURCE", $"Sources of {thing}: {page}\n")] : [])),
    ];

    /// <summary>The names in an SPDX expression: <c>MIT OR Apache-2.0</c> has two.</summary>
    public static IReadOnlyList<string> NamesIn(string expression) =>
        [.. expression.Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Except(Operators)];

    IEnumerable<string> FilesOf(ShippedThing thing)
    {
        if (sources.FirstOrDefault(stage => IsOf(stage, thing)) is { } stage)
            return FileTree.List(stage.Output).Where(file => file.IsFile).Select(file => Path.Combine(stage.Output, file.Path));
        return NamesIn(thing.Licence ?? throw Missing(thing, "no licence is stated for it")).Select(name =>
        {
            var file = Path.Combine(usual, $"{name}.txt");
            return File.Exists(file) ? file : throw Missing(thing, $"the text of {name} should be in {file}");
        });
    }

    static bool IsOf(LicenceStage stage, ShippedThing thing) => stage.Source.Archive.Name == thing.Name;

    static BuildException Missing(ShippedThing thing, string why) =>
        new($"{thing} cannot be shipped without its licence: {why}.");
}
