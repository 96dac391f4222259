using L4ReMusl.Incremental;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>What later builds make of what is there.</summary>
public sealed class RebuildTests : IDisposable
{
    readonly RepositoryCopy copy = new RepositoryCopy().WithOutput();

    [Fact]
    public void A_moved_clone_is_up_to_date()
    {
        var result = copy.Program.Run(["LsbRoot", "--offline", "--architectures", .. RepositoryCopy.Architectures]);

        var text = BuildProgram.Text(result);
        result.Succeeded.Should().BeTrue(text);
        foreach (var stage in RepositoryCopy.Stages)
            text.Should().Contain($"{stage}: up to date, ");
        text.Should().NotContain(": made, ").And.NotContain(": from the cache, ");
    }

    [Fact]
    public void A_half_made_result_without_a_stamp_is_replaced()
    {
        var architecture = RepositoryCopy.Architectures[^1];
        var prefix = copy.Layout.Prefix(Artefacts.Named(architecture));
        FileTree.Delete(Path.Combine(prefix, "lib"));
        File.WriteAllText(Path.Combine(prefix, "unfinished"), "");
        File.Delete(new StageFolders(copy.Layout.Output).StampOf($"stage-{architecture}"));

        copy.Program.Run("Stage", "--offline", "--architectures", architecture).OrThrow("make the prefix again");

        copy.Describe().Should().Equal(RepositoryCopy.DescribeRepository());
    }

    [Fact]
    public void A_result_that_somebody_changed_is_made_again()
    {
        var architecture = RepositoryCopy.Architectures[^1];
        var header = Path.Combine(copy.Layout.Prefix(Artefacts.Named(architecture)), "include", "stdio.h");
        File.AppendAllText(header, "/* mine */\n");

        copy.Program.Run("Stage", "--offline", "--architectures", architecture).OrThrow("make the prefix again");

        copy.Describe().Should().Equal(RepositoryCopy.DescribeRepository());
    }

    [Fact]
    public void Clean_removes_the_results_and_leaves_what_is_the_users()
    {
        File.WriteAllText(copy["out", "notes.txt"], "mine");
        Directory.CreateDirectory(copy["out", "mine", "deeper"]);

        copy.Program.Run("Clean").OrThrow("clean");

        FileTree.List(copy.Layout.Output).Select(entry => entry.Path).Should().Equal("mine", "mine/deeper", "notes.txt");
        Directory.Exists(Path.Combine(BuildProgram.CacheFolder, "compiled")).Should().BeTrue();
    }

    public void Dispose() => copy.Dispose();
}
