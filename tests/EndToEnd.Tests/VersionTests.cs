using L4ReMusl.Foundation.Files;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Versions of musl other than the default, and how they were added to the repository.</summary>
public sealed class VersionTests : IDisposable
{
    readonly RepositoryCopy copy = new();
    readonly TempFolder temp = new("a mirror ");

    public void Dispose()
    {
        copy.Dispose();
        temp.Dispose();
    }

    [Fact]
    public void AddVersion_gives_what_is_committed_for_the_newest_version()
    {
        var version = MuslBuilds.Versions[^1];
        var archive = SourceCatalogue.Read(copy.Layout.SourceCatalogue).Find("musl", version);
        copy.Program.Run("FetchMusl", "--musl-version", version).OrThrow($"fetch musl {version}");
        Directory.CreateDirectory(temp["mirror"]);
        File.Copy(Path.Combine(copy.Layout.Downloads, archive.FileName), temp["mirror", archive.FileName]);
        var committed = File.ReadAllText(copy.Layout.SourceCatalogue);
        var series = copy.Layout.MuslPatches(version);
        File.WriteAllText(copy.Layout.SourceCatalogue, WithoutLastRecord(committed));
        FileTree.Copy(series, temp["series"]);
        FileTree.Delete(series);

        var result = copy.Program.Run(
            "AddVersion", "--musl-version", version, "--offline", "--mirrors", temp["mirror"], "--cache-folder", temp["cache"]);

        result.Succeeded.Should().BeTrue(BuildProgram.Text(result));
        BuildProgram.Text(result).Should().Contain("0 conflict.").And.Contain("The series of the l4re flavour applies");
        File.ReadAllText(copy.Layout.SourceCatalogue).Should().Be(committed);
        // The committed series may have more patches, for bugs that only this release has.
        Entries(series).Should().BeSubsetOf(Entries(temp["series"])).And.NotBeEmpty();
        var tried = MuslBuilds.SeriesOf(MuslBuilds.Versions[^2]).Select(patch => patch.FileName);
        Entries(temp["series"]).Except(Entries(series)).Select(Path.GetFileName).Should().NotIntersectWith(tried);
        foreach (var patch in Directory.EnumerateFiles(series, "*.patch"))
            File.ReadAllText(patch).Should().Be(File.ReadAllText(temp["series", Path.GetFileName(patch)]));
    }

    [Theory]
    [InlineData("", "is already in config/sources.json. Name the version to add with --musl-version")]
    [InlineData("--musl-version newest", "'newest' is not a version of musl; write it as in '--musl-version 1.2.7'")]
    [InlineData("--musl-version 99.1", "musl-99.1.tar.gz could not be fetched from any place, and the build is offline")]
    public void What_cannot_be_added_is_reported_in_a_sentence_and_changes_nothing(string arguments, string told)
    {
        var before = Inputs();

        var more = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var result = copy.Program.Run(["AddVersion", "--offline", "--cache-folder", temp["cache"], .. more]);

        result.ExitCode.Should().NotBe(0);
        BuildProgram.Text(result).Should().Contain(told).And.NotContain("   at ");
        Inputs().Should().Equal(before);
    }

    IReadOnlyList<string> Inputs() => [.. new[] { "config", "patches" }.Select(folder => FileTree.ContentHash(copy[folder]))];

    static IEnumerable<string> Entries(string series) =>
        File.ReadLines(Path.Combine(series, "series")).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0);

    // Records are at the same depth, and the last one follows the last comma between two of them.
    static string WithoutLastRecord(string catalogue)
    {
        var start = catalogue.LastIndexOf("    },\n    {\n", StringComparison.Ordinal);
        var end = catalogue.LastIndexOf("    }\n", StringComparison.Ordinal);
        return catalogue[..(start + "    }".Length)] + catalogue[(end + "    }".Length)..];
    }
}
