using System.Text.RegularExpressions;
using L4ReMusl.Patching;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Patching;

/// <summary>patches/musl/upstream.tsv has a decision on every musl commit after 1.2.5, and agrees with the series.</summary>
public sealed partial class UpstreamTableTests
{
    const string LeftOut = "left out";

    static readonly string Folder = Path.Combine(RepositoryRoot.Path, "patches", "musl");

    static readonly IReadOnlyList<string[]> Rows =
    [
        .. File.ReadLines(Path.Combine(Folder, "upstream.tsv"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')),
    ];

    // Of all versions together, since a later release has its own series of what it still lacks, or what it alone needs.
    static readonly Dictionary<string, Patch> Series =
        Directory.EnumerateFiles(Folder, PatchSeries.FileName, SearchOption.AllDirectories)
        .Select(file => Path.GetDirectoryName(file)!).Where(folder => Path.GetFileName(folder) != "l4re")
        .SelectMany(folder => PatchSeries.Read(folder).Patches)
        .DistinctBy(patch => patch.FileName)
        .ToDictionary(patch => Path.GetFileNameWithoutExtension(patch.FileName));

    static IEnumerable<(string Commit, string Release, string Decision, string Reason)> Commits =>
        Rows.Select(row => (row[0], row[2], row[3], row[4]));

    [Fact]
    public void Every_line_has_all_columns_and_a_unique_commit_hash()
    {
        Rows.Should().HaveCountGreaterThan(130).And.OnlyContain(row => row.Length == 6 && row[5].Length > 0);
        Rows.Should().OnlyContain(
            row => Hash().IsMatch(row[0]) && Date().IsMatch(row[1]) && (row[2] == "1.2.6" || row[2] == "later"));
        Commits.Select(commit => commit.Commit[..8]).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Every_commit_is_carried_by_a_patch_of_the_series_or_left_out_for_a_reason()
    {
        foreach (var (commit, _, decision, reason) in Commits)
        {
            if (decision == LeftOut)
            {
                reason.Length.Should().BeGreaterThan(8, $"{commit} is left out");
                continue;
            }

            Series.Should().ContainKey(decision, $"it carries {commit}");
            Series[decision].Reference.Should().Contain(commit);
        }
    }

    [Fact]
    public void Every_patch_carries_the_commits_that_it_names_or_is_not_upstream()
    {
        foreach (var (name, patch) in Series)
        {
            Commits.Where(commit => commit.Decision == name).Select(commit => commit.Commit)
                .Should().BeEquivalentTo(patch.Commits, $"of {name}");
            (patch.AppliesUntil == "not upstream")
                .Should().Be(patch.Commits.Count == 0, $"{name} goes when upstream has it, or stays");
        }
    }

    [Fact]
    public void A_patch_is_needed_until_the_first_release_that_has_all_its_commits()
    {
        foreach (var (commit, release, decision, _) in Commits.Where(commit => commit.Decision != LeftOut))
        {
            var until = Version.Parse(Series[decision].AppliesUntil!);
            var known = release == "later" ? new Version(1, 2, 7) : Version.Parse(release);
            until.Should().BeGreaterThanOrEqualTo(known, $"{decision} carries {commit}");
        }
    }

    [GeneratedRegex("^[0-9a-f]{8}(?:[0-9a-f]{32})?$")]
    private static partial Regex Hash();

    [GeneratedRegex(@"^20\d\d-\d\d(?:-\d\d)?$")]
    private static partial Regex Date();
}
