using System.Text.RegularExpressions;
using L4ReMusl.Layout;
using L4ReMusl.Patching;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Patching;

/// <summary>What patches/musl/README.md promises about the patches in the repository.</summary>
public sealed partial class CommittedSeriesTests
{
    static readonly BuildLayout Layout = new(RepositoryRoot.Path, Path.GetTempPath());

    static readonly string Programs = Path.Combine(RepositoryRoot.Path, "tests", "regressions", "musl");

    /// <summary>The versions that can be built, each with a series.</summary>
    public static IEnumerable<object[]> Versions =>
        from archive in SourceCatalogue.Read(Layout.SourceCatalogue).Archives
        where archive.Name == "musl"
        select new object[] { archive.Version };

    static IReadOnlyList<Patch> PatchesOf(string version) => PatchSeries.Read(Layout.MuslPatches(version)).Patches;

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_name_carries_the_upstream_commit_that_the_reference_names_first(string version)
    {
        foreach (var patch in PatchesOf(version))
        {
            var name = PatchName().Match(patch.FileName);
            name.Success.Should().BeTrue($"{patch.FileName} should be NNNN-hhhhhhhh-short-name.patch, or without the commit");
            name.Groups["commit"].Value.Should().Be(
                patch.Commits.Count > 0 ? patch.Commits[0][..8] : "",
                $"of {patch.FileName}, whose reference is {patch.Reference}");
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void The_numbers_rise_in_the_order_in_which_the_patches_apply(string version)
    {
        PatchesOf(version).Select(patch => patch.FileName[..4])
            .Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_patch_says_where_it_is_from_and_until_when_it_is_needed(string version)
    {
        PatchesOf(version).Should().OnlyContain(patch => patch.Reference != null && patch.AppliesUntil != null);
        PatchesOf(version)
            .Should().OnlyContain(
                patch => patch.AppliesUntil == "not upstream" || Version.Parse(patch.AppliesUntil!) > Version.Parse(version));
    }

    [Fact]
    public void Every_regression_program_has_the_name_of_a_patch()
    {
        var patches = Versions.SelectMany(version => PatchesOf((string)version[0]))
            .Select(patch => Path.GetFileNameWithoutExtension(patch.FileName));
        Directory.EnumerateFiles(Programs, "*.c").Select(Path.GetFileNameWithoutExtension)
            .Should().NotBeEmpty().And.BeSubsetOf(patches.ToHashSet());
    }

    [GeneratedRegex(@"^[0-9]{4}-(?:(?<commit>[0-9a-f]{8})-)?[a-z0-9]+(?:-[a-z0-9]+)*\.patch$")]
    private static partial Regex PatchName();
}
