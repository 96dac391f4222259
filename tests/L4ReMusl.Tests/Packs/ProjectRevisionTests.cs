using L4ReMusl.Foundation.Processes;
using L4ReMusl.Packs;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Packs;

/// <summary>The version that packs have.</summary>
public sealed class ProjectRevisionTests : IDisposable
{
    readonly TempFolder temp = new();

    public ProjectRevisionTests()
    {
        Git("init", "--quiet", "--initial-branch=main");
        temp.Write("file", "content");
        Git("add", "file");
        Git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=first");
    }

    ProjectRevision Revision => ProjectRevision.Of(temp.Path, Tools.OfHost);

    [Fact]
    public void Without_a_tag_it_is_the_commit() =>
        Revision.Version.Should().Be($"g{Git("rev-parse", "HEAD").Trim()[..12]}");

    [Theory]
    [InlineData("v1.2.0", "1.2.0")]
    [InlineData("v2.0.0-rc.1", "2.0.0-rc.1")]
    public void A_tag_of_a_release_is_its_version(string tag, string version)
    {
        Git("tag", tag);

        Revision.Version.Should().Be(version);
    }

    [Theory]
    [InlineData("1.2.0")]
    [InlineData("v1.2")]
    [InlineData("v01.2.0")]
    [InlineData("v1.2.0+build")]
    [InlineData("nightly")]
    public void Other_tags_are_no_releases(string tag)
    {
        Git("tag", tag);

        Revision.Release.Should().BeNull();
    }

    [Fact]
    public void A_changed_file_and_a_new_one_show()
    {
        Git("tag", "v1.0.0");
        temp.Write("new", "");

        Revision.Version.Should().MatchRegex("^g[0-9a-f]{12}-changed$");

        File.Delete(temp["new"]);
        Revision.Version.Should().Be("1.0.0");
        temp.Write("file", "changed");
        Revision.Version.Should().EndWith("-changed");
    }

    [Fact]
    public void Two_releases_of_one_commit_are_an_error()
    {
        Git("tag", "v1.0.0");
        Git("tag", "v1.0.1");

        FluentActions.Invoking(() => Revision).Should().Throw<BuildException>().WithMessage("*1.0.0, 1.0.1; remove all but one.");
    }

    [Fact]
    public void A_copy_of_the_files_has_no_version()
    {
        using var copy = new TempFolder();

        ProjectRevision.Of(copy.Path, Tools.OfHost).Version.Should().Be("unversioned");
    }

    public void Dispose() => temp.Dispose();

    string Git(params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation("git", ["-C", temp.Path, .. arguments])).OrThrow("use git").Output;
}
