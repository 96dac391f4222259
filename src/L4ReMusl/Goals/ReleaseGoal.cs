using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;
using L4ReMusl.Packs;

namespace L4ReMusl.Goals;

/// <summary>Checks that the pack is a release: of a tagged commit, described, and the same when it is made again.</summary>
public sealed class ReleaseGoal() : Goal("Release")
{
    /// <inheritdoc/>
    public override IReadOnlyList<ToolNeed> Tools => [ToolNeed.Patch]; // git

    /// <inheritdoc/>
    public override void Check(GoalContext context)
    {
        if (context.Settings.Tree is not null)
            throw new BuildException("A release holds nothing of an L4Re tree; leave out --l4re-build and --l4re-source.");
        _ = NotesOf(context);
    }

    /// <inheritdoc/>
    public override GoalReport Reach(GoalContext context)
    {
        var notes = NotesOf(context);
        var again = new SecondBuild(context.Build).Pack(context.Graph.Packs.Revision.Commit!);
        return new GoalReport(
        [
            new Figure("version", context.Graph.Packs.Revision.Version),
            new Figure("made again", again.CompareWith(context.Layout.Pack)),
            new Figure("notes", $"{notes.Count(letter => letter == '\n')} lines of CHANGELOG.md"),
        ]);
    }

    /// <summary>What changed in the release.</summary>
    /// <exception cref="BuildException">The repository is not in the state of a release.</exception>
    public static string NotesOf(GoalContext context)
    {
        var revision = context.Graph.Packs.Revision;
        return revision switch
        {
            { Commit: null } => throw new BuildException("A release is made from a git repository, and this is none."),
            { Release: null } => throw new BuildException(
                $"The commit {revision.Commit} has no tag of a release, such as v1.2.0; make one with: git tag -a v1.2.0"),
            { IsChanged: true } => throw new BuildException(
                $"Files differ from the commit of v{revision.Release}, or are new: 'git status' lists them. "
                + "A release is made from a commit alone."),
            { Release: { } version } => new Changelog(context.Layout.Changelog).SectionOf(version),
        };
    }
}
