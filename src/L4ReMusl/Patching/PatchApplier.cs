using System.Text.RegularExpressions;
using L4ReMusl.Processes;

namespace L4ReMusl.Patching;

/// <summary>Applies patches with <c>git apply</c>: every hunk at the very lines that it names, or not at all.</summary>
/// <param name="tools">Runs git.</param>
public sealed partial class PatchApplier(ToolRunner tools)
{
    /// <summary>Applies patches in their order. On failure the tree holds those before the one that failed: throw it away.</summary>
    /// <param name="tree">The source tree.</param>
    /// <param name="patches">The patches.</param>
    /// <exception cref="BuildException">A patch does not apply, or only at other lines.</exception>
    public void Apply(string tree, IEnumerable<Patch> patches)
    {
        foreach (var patch in patches)
            Apply(Path.GetFullPath(tree), patch);
    }

    void Apply(string tree, Patch patch)
    {
        var result = tools.Run(new ToolInvocation("git", "apply", "-p1", "--whitespace=nowarn", "--verbose", Path.GetFullPath(patch.Path))
        {
            WorkingDirectory = tree,
            Environment = new Dictionary<string, string>
            {
                // The tree lies in an ignored folder of a git repository, whose settings and attributes must not take part.
                ["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(tree)!,
                // A user's apply.ignoreWhitespace or core.autocrlf would change what applies, and to what.
                ["GIT_CONFIG_NOSYSTEM"] = "1",
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            },
        });
        string[] lines = [.. result.Error.Split('\n'), .. result.Output.Split('\n')];
        if (!result.Succeeded)
            throw Failure(patch, "does not apply", lines.Where(line => line.StartsWith("error: ", StringComparison.Ordinal)));
        string[] moved = [.. Located(lines).Where(line => Offset().IsMatch(line))];
        if (moved.Length > 0)
            throw Failure(patch, "applies only at other lines than it names", moved);
        if (!lines.Any(line => line.StartsWith("Applied patch ", StringComparison.Ordinal)))
            throw Failure(patch, "was not applied", lines);
    }

    static BuildException Failure(Patch patch, string what, IEnumerable<string> reasons) => new(
        $"The patch {patch.FileName} ({patch.Subject}) {what}:"
        + string.Concat(reasons.Where(line => line.Length > 0).Take(12).Select(line => $"{Environment.NewLine}  {line}"))
        + $"{Environment.NewLine}Refresh it against the sources that the patches before it leave, or take it out of the series.");

    // git names the file in a line before those of its hunks.
    static IEnumerable<string> Located(IEnumerable<string> lines)
    {
        var file = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("Checking patch ", StringComparison.Ordinal))
                file = line["Checking patch ".Length..].TrimEnd('.');
            yield return $"{file}: {line}";
        }
    }

    [GeneratedRegex(@"Hunk #\d+ succeeded at .*offset")]
    private static partial Regex Offset();
}
