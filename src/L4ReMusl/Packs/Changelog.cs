using System.Text.RegularExpressions;

namespace L4ReMusl.Packs;

/// <summary>The list of changes in each release, in the form of "Keep a Changelog".</summary>
/// <param name="path">The file.</param>
public sealed partial class Changelog(string path)
{
    /// <summary>What it says about a release, without the heading.</summary>
    /// <param name="version">The release's version.</param>
    /// <exception cref="BuildException">It has no section for it, or an empty one.</exception>
    public string SectionOf(string version)
    {
        var lines = File.ReadAllLines(path);
        var start = Array.FindIndex(lines, line => Heading().Match(line) is { Success: true } match
            && match.Groups["version"].Value == version);
        if (start < 0)
            throw new BuildException($"{path} has no section '## [{version}] - YYYY-MM-DD', which a release needs.");
        var section = string.Join(
            '\n', lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)));
        return section.Trim() is { Length: > 0 } text
            ? text + "\n"
            : throw new BuildException($"{path} says nothing about {version}; list what changed since the release before.");
    }

    [GeneratedRegex(@"^## \[(?<version>[^\]]+)\] - \d{4}-\d\d-\d\d$")]
    private static partial Regex Heading();
}
