using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Patching;

/// <summary>Applies patches with <c>git apply</c>, never with fuzz or an offset.</summary>
/// <param name="tools">Runs git.</param>
public sealed class PatchApplier(ToolRunner tools)
{
    readonly GitApply git = new(tools);

    /// <summary>Applies patches in order. If one fails, discard the tree: earlier ones have already changed it.</summary>
    /// <param name="tree">The source tree.</param>
    /// <param name="patches">The patches.</param>
    /// <exception cref="BuildException">A patch does not apply, or only with an offset.</exception>
    public void Apply(string tree, IEnumerable<Patch> patches)
    {
        foreach (var patch in patches)
            Apply(tree, patch);
    }

    void Apply(string tree, Patch patch)
    {
        var result = git.Run(tree, patch.Path);
        if (!result.Succeeded)
            throw Failure(patch, "does not apply", result.Errors);
        if (result.Moves.Count > 0)
        {
            throw Failure(
                patch,
                "applies, but not at the lines that it names",
                result.Moves.Select(move => $"{move.File}: {move.Text}"));
        }

        if (!result.Lines.Any(line => line.StartsWith("Applied patch ", StringComparison.Ordinal)))
            throw Failure(patch, "was not applied", result.Lines);
    }

    static BuildException Failure(Patch patch, string what, IEnumerable<string> reasons) => new(
        $"The patch {patch.FileName} ({patch.Subject}) {what}:"
        + IndentedLines.Of(reasons.Where(line => line.Length > 0).Take(12))
        + $"{Environment.NewLine}Refresh it against the sources with all earlier patches applied, or remove it from the series.");
}
