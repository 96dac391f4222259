using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Patching;

/// <summary>Runs <c>git apply</c> on a source tree, without the user's git settings.</summary>
/// <param name="tools">Runs git.</param>
sealed partial class GitApply(ToolRunner tools)
{
    /// <summary>Applies a patch, or only checks whether it applies.</summary>
    /// <param name="tree">The source tree.</param>
    /// <param name="patch">The patch's file.</param>
    /// <param name="options">Additional options, such as <c>--check</c>.</param>
    public GitApplyResult Run(string tree, string patch, params IEnumerable<string> options)
    {
        string[] arguments = ["apply", "-p1", "--whitespace=nowarn", "--verbose", .. options, Path.GetFullPath(patch)];
        var result = tools.Run(new ToolInvocation("git", arguments)
        {
            WorkingDirectory = Path.GetFullPath(tree),
            Environment = new Dictionary<string, string>
            {
                // The tree is in an ignored folder of this git repository, whose settings and attributes must have no effect.
                ["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(Path.GetFullPath(tree))!,
                // The user's apply.ignoreWhitespace or core.autocrlf would change what applies, and the result.
                ["GIT_CONFIG_NOSYSTEM"] = "1",
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            },
        });
        string[] lines = [.. result.Error.Split('\n'), .. result.Output.Split('\n')];
        return new GitApplyResult(result.Succeeded, lines, [.. Moves(lines)]);
    }

    // git prints the name of the file before the lines about its hunks.
    static IEnumerable<HunkMove> Moves(IEnumerable<string> lines)
    {
        var file = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("Checking patch ", StringComparison.Ordinal))
                file = line["Checking patch ".Length..].TrimEnd('.');
            if (Offset().Match(line) is { Success: true } match)
                yield return new HunkMove(file, int.Parse(match.Groups[1].Value), int.Parse(match.Groups[2].Value), line);
        }
    }

    [GeneratedRegex(@"Hunk #(\d+) succeeded at .*offset (-?\d+)")]
    private static partial Regex Offset();
}

/// <summary>The result of <c>git apply</c>.</summary>
/// <param name="Succeeded">Whether the patch applies.</param>
/// <param name="Lines">All its output.</param>
/// <param name="Moves">The hunks that apply with an offset.</param>
sealed record GitApplyResult(bool Succeeded, IReadOnlyList<string> Lines, IReadOnlyList<HunkMove> Moves)
{
    /// <summary>Why it does not apply.</summary>
    public IEnumerable<string> Errors => Lines.Where(line => line.StartsWith("error: ", StringComparison.Ordinal));
}

/// <summary>A hunk that applies with an offset: not at the lines that it names.</summary>
/// <param name="File">The file.</param>
/// <param name="Hunk">The number of the hunk in that file, from 1.</param>
/// <param name="Lines">The offset: the number of lines further down.</param>
/// <param name="Text">The line of git's output.</param>
public sealed record HunkMove(string File, int Hunk, int Lines, string Text);
