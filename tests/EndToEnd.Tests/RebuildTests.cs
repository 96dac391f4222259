using L4ReMusl.Foundation.Files;
using L4ReMusl.Stages;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>What later builds make of what is there.</summary>
public sealed class RebuildTests : IDisposable
{
    readonly RepositoryCopy copy = new();

    [Fact]
    public void A_moved_clone_is_up_to_date()
    {
        copy.WithOutput();

        var result = copy.Program.Run(["LsbRoot", "--offline", "--architectures", .. RepositoryCopy.Architectures]);

        var text = BuildProgram.Text(result);
        result.Succeeded.Should().BeTrue(text);
        foreach (var stage in RepositoryCopy.Stages)
            text.Should().Contain($"{stage}: up to date, ");
        text.Should().NotContain(": made, ").And.NotContain(": from the cache, ");
    }

    [Fact]
    public void What_is_half_made_or_changed_by_someone_else_is_replaced()
    {
        var architecture = Artefacts.Named(RepositoryCopy.Architectures[^1]);
        copy.WithOutput();
        FileTree.Delete(Path.Combine(copy.Layout.Prefix(architecture), "lib"));
        File.WriteAllText(Path.Combine(copy.Layout.Prefix(architecture), "unfinished"), "");
        File.Delete(new StageFolders(copy.Layout.Output).StampOf($"stage-{architecture}"));
        File.AppendAllText(Path.Combine(copy.Layout.RootFs(architecture), "etc", "passwd"), "intruder::0:0::/:/bin/sh\n");

        copy.Program.Run("LsbRoot", "--offline", "--architectures", architecture.Name).OrThrow("repair the results");

        copy.Describe().Should().Equal(RepositoryCopy.DescribeRepository());
    }

    [Fact]
    public void Clean_removes_the_results_and_leaves_what_is_the_users()
    {
        var results = ArchitectureCatalogue.All
            .SelectMany(a => new[] { copy.Layout.Compiled(a), copy.Layout.Prefix(a), copy.Layout.Package(a), copy.Layout.RootFs(a) })
            .Concat([copy.Layout.MuslSource, copy.Layout.Logs, copy["out", "reports"], copy["out", ".stamps"], copy["out", ".scratch"]]);
        foreach (var result in results)
            Directory.CreateDirectory(Path.Combine(result, "deeper"));
        Directory.CreateDirectory(copy["out", "mine", "deeper"]);
        Directory.CreateDirectory(copy.Layout.Images);
        File.WriteAllText(copy["out", "images", "mine.img"], "mine");
        File.WriteAllText(copy["out", "notes.txt"], "mine");

        copy.Program.Run("Clean").OrThrow("clean");

        FileTree.List(copy.Layout.Output).Select(entry => entry.Path).Should().Equal("images", "images/mine.img", "mine", "mine/deeper", "notes.txt");
        Directory.Exists(Path.Combine(BuildProgram.CacheFolder, "compiled")).Should().BeTrue();
    }

    public void Dispose() => copy.Dispose();
}
