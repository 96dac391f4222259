using L4ReMusl.Foundation.Files;
using L4ReMusl.Layout;
using L4ReMusl.Packaging;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Packaging;

public sealed class PackageStageTests : IDisposable
{
    readonly TempFolder temp = new("l4re musl's $stage ");
    readonly BuildLayout layout;

    public PackageStageTests()
    {
        layout = new BuildLayout(temp.Path, temp["cache"]);
        FileTree.Copy(Path.Combine(RepositoryRoot.Path, "pkg"), temp["pkg"]);
        HandMadePrefix.Make(temp, ArchitectureCatalogue.Arm64, "out/musl/arm64");
    }

    [Fact]
    public void The_prefix_becomes_a_package()
    {
        var figures = Stage("1").Make(temp["scratch"]);

        File.ReadAllText(new InstalledPackage(temp["scratch"], ArchitectureCatalogue.Arm64).Loader).Should().Be("libc");
        figures.Should().Contain(figure => figure.Name == "files" && figure.Value == "10");
    }

    [Fact]
    public void It_runs_again_when_the_prefix_or_the_makefiles_change()
    {
        var before = Stage("1").Inputs;

        before.Changes(Stage("2").Inputs).Should().Equal("stage-arm64");
        File.AppendAllText(temp["pkg", "musl", "lib", "Makefile"], "\n# changed\n");
        before.Changes(Stage("1").Inputs).Should().Equal("pkg/musl/lib/Makefile");
    }

    [Fact]
    public void A_failure_shows_the_output_of_make()
    {
        File.Delete(temp["out", "musl", "arm64", "lib", "libc.so"]);

        Stage("1").Invoking(stage => stage.Make(temp["scratch"]))
            .Should().Throw<BuildException>().WithMessage("*pkg/musl*MUSL_PREFIX is*");
    }

    public void Dispose() => temp.Dispose();

    PackageStage Stage(string prefix) => new(
        layout,
        ArchitectureCatalogue.Arm64,
        new MadeStage("stage-arm64", layout.Prefix(ArchitectureCatalogue.Arm64), prefix),
        Tools.OfHost);
}
