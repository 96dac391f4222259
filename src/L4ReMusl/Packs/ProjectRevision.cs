using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Packs;

/// <summary>The state of the repository that results are made from.</summary>
/// <param name="Commit">The commit; <see langword="null"/> if the folder is no git repository, but a copy of its files.</param>
/// <param name="Release">The version of a release, such as <c>1.2.0</c>, if the commit has its tag.</param>
/// <param name="IsChanged">Whether files differ from the commit, or are new.</param>
public sealed partial record ProjectRevision(string? Commit, string? Release, bool IsChanged)
{
    const int ShortLength = 12;

    /// <summary>The version in the names of packs: that of the release, or else the commit.</summary>
    public string Version => (Release, Commit) switch
    {
        (_, null) => "unversioned",
        ({ } release, _) when !IsChanged => release,
        _ => $"g{Commit[..ShortLength]}{(IsChanged ? "-changed" : "")}",
    };

    /// <summary>Asks git.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="tools">Runs git.</param>
    /// <exception cref="BuildException">There is a repository, but git cannot read it, or the commit is two releases.</exception>
    public static ProjectRevision Of(string root, ToolRunner tools)
    {
        if (!Path.Exists(Path.Combine(root, ".git"))) // A file, in a work tree that was added to another clone.
            return new ProjectRevision(null, null, false);
        var releases = Ask("tag", "--points-at", "HEAD").Split('\n')
            .Select(tag => Tag().Match(tag)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();
        if (releases.Count > 1)
        {
            throw new BuildException(
                $"The commit has the tags of several releases, {string.Join(", ", releases)}; remove all but one.");
        }

        return new ProjectRevision(
            Ask("rev-parse", "HEAD"), releases.FirstOrDefault(), Ask("status", "--porcelain").Length > 0);

        string Ask(params string[] arguments) =>
            tools.Run(new ToolInvocation("git", ["-C", root, .. arguments])).OrThrow("read the repository").Output.Trim();
    }

    // Semantic Versioning 2.0.0, without build metadata, which file names and purls would have to quote.
    [GeneratedRegex(@"^v((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-[0-9A-Za-z.-]+)?)$")]
    private static partial Regex Tag();
}
