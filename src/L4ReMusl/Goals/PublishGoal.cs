using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;

namespace L4ReMusl.Goals;

/// <summary>Publishes a release on GitHub, with the files of the pack.</summary>
public sealed class PublishGoal() : Goal("Publish")
{
    static readonly string[] Tokens = ["GH_TOKEN", "GITHUB_TOKEN"];

    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Publish];

    /// <inheritdoc/>
    public override void Check(GoalContext context)
    {
        if (context.Settings.Offline)
            throw new BuildException("Publish needs the network, which --offline forbids; leave one of them out.");
        if (!Tokens.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))))
        {
            throw new BuildException(
                $"Publish needs a token of GitHub that may write releases, in the variable {string.Join(" or ", Tokens)}.");
        }
    }

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var tag = $"v{context.Graph.Packs.Revision.Release}";
        using var scratch = new ScratchFolder();
        var notes = Path.Combine(scratch.Path, "notes.md");
        File.WriteAllText(notes, ReleaseGoal.NotesOf(context));
        var files = Directory.EnumerateFiles(context.Layout.Pack).Order(StringComparer.Ordinal).ToList();
        string[] prerelease = tag.Contains('-', StringComparison.Ordinal) ? ["--prerelease"] : [];
        var answer = context.Build.Tools.Run(
            new ToolInvocation(
                "gh",
                ["release", "create", tag, "--verify-tag", "--title", tag, "--notes-file", notes, .. prerelease, .. files])
            {
                WorkingDirectory = context.Layout.Root,
                Environment = Tokens
                    .Select(name => (name, Value: Environment.GetEnvironmentVariable(name)))
                    .Where(token => !string.IsNullOrEmpty(token.Value))
                    .ToDictionary(token => token.name, token => token.Value!),
            }).OrThrow("publish the release");
        return new GoalReport([new Figure("files", $"{files.Count}"), new Figure("at", answer.Output.Trim())]);
    }
}
