using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Patching;

namespace L4ReMusl.Versions;

/// <summary>Tries each patch of a series on the sources of another release, and goes on if one does not apply.</summary>
/// <param name="tools">Runs git.</param>
public sealed partial class SeriesTrial(ToolRunner tools)
{
    readonly GitApply git = new(tools);

    /// <summary>Tries all patches. Those that fit stay applied.</summary>
    /// <param name="series">The series.</param>
    /// <param name="version">The release.</param>
    /// <param name="tree">Its source tree.</param>
    /// <param name="copies">The folder for copies of patches that only need other line numbers.</param>
    public IReadOnlyList<PatchTrial> Try(PatchSeries series, string version, string tree, string copies) =>
        [.. series.Patches.Select(patch => Try(patch, HasFix(patch, version), tree, copies))];

    /// <summary>Whether a patch's header says that a release has the fix.</summary>
    public static bool HasFix(Patch patch, string version) => patch.AppliesUntil is { } until
        && Release().Match(until) is { Success: true } match
        && Version.Parse(match.Value) <= Version.Parse(version);

    PatchTrial Try(Patch patch, bool isDue, string tree, string copies)
    {
        var check = git.Run(tree, patch.Path, "--check");
        if (check is { Succeeded: true, Moves.Count: 0 })
        {
            git.Run(tree, patch.Path);
            return new PatchTrial(patch, PatchFit.Applies, [], isDue);
        }

        // This comes before accepting an offset: a change that is already there may fit elsewhere a second time.
        if (git.Run(tree, patch.Path, "--check", "--reverse").Succeeded)
            return new PatchTrial(patch, PatchFit.Upstream, [], isDue);
        if (!check.Succeeded)
        {
            var fit = isDue ? PatchFit.UpstreamByHeader : PatchFit.Conflict;
            return new PatchTrial(patch, fit, Conflicts(patch, check.Errors), isDue);
        }

        var copy = Path.Combine(copies, patch.FileName);
        File.WriteAllText(copy, new PatchText(File.ReadAllText(patch.Path)).Moved(check.Moves));
        var again = git.Run(tree, copy);
        var places = check.Moves.Select(move => $"{move.File}, hunk {move.Hunk}, by {move.Lines} lines");
        return again is { Succeeded: true, Moves.Count: 0 }
            ? new PatchTrial(patch, PatchFit.Moved, [.. places], isDue)
            : throw new BuildException(
                $"The patch {patch.FileName} applies to {tree} at other lines, but its copy with these line numbers does not; "
                + "refresh it by hand.");
    }

    // "error: patch failed: src/exit/exit.c:1" names the first line of a hunk.
    static List<string> Conflicts(Patch patch, IEnumerable<string> errors)
    {
        var all = errors.ToList();
        var places = Places(new PatchText(File.ReadAllText(patch.Path)), all).ToList();
        return places.Count > 0 ? places : all;
    }

    static IEnumerable<string> Places(PatchText text, IEnumerable<string> errors)
    {
        foreach (var error in errors)
        {
            if (Failed().Match(error) is { Success: true } failed)
            {
                var (file, line) = (failed.Groups[1].Value, int.Parse(failed.Groups[2].Value));
                yield return $"{file}, hunk {text.HunkAt(file, line)} at line {line}";
            }
            else if (Missing().Match(error) is { Success: true } missing)
            {
                yield return $"{missing.Groups[1].Value}: {missing.Groups[2].Value}";
            }
        }
    }

    [GeneratedRegex(@"^\d+(\.\d+)+")]
    private static partial Regex Release();

    [GeneratedRegex(@"^error: patch failed: (.*):(\d+)$")]
    private static partial Regex Failed();

    [GeneratedRegex(@"^error: (.+): (No such file.*|already exists.*)$")]
    private static partial Regex Missing();
}
