using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>A release of a real repository: made twice, compared, and published with a stand-in for GitHub's program.</summary>
public sealed class ReleaseTests : IDisposable
{
    static readonly string Name = RepositoryCopy.Architectures[^1];

    readonly TempFolder temp = new();

    string Clone => temp["clone"];

    [Fact]
    [Trait("Speed", "long")]
    public void It_is_made_again_in_another_folder_and_published_with_its_notes()
    {
        CloneAndCommit("## [1.0.0] - 2026-12-01\n\n- first release\n");
        Git("tag", "v1.0.0");
        Directory.CreateDirectory(temp["bin"]);
        var gh = temp.Write("bin/gh", $"""
            #!/bin/sh
            [ "$GH_TOKEN" = token ] || exit 4
            printf '%s\n' "$@" > '{temp["said"]}'
            while [ "$1" != --notes-file ]; do shift; done
            cat "$2" > '{temp["notes"]}'
            echo https://github.com/example/l4re-musl/releases/tag/v1.0.0

            """);
        File.SetUnixFileMode(gh, FileModes.Program);

        var said = BuildProgram.Text(Build("Publish").OrThrow("publish"));

        said.Should().MatchRegex(@"made again: the same \d+ files").And.Contain("at: https://github.com/example");
        File.ReadAllText(temp["notes"]).Should().Be("- first release\n");
        var given = File.ReadAllLines(temp["said"]);
        given[..6].Should().Equal("release", "create", "v1.0.0", "--verify-tag", "--title", "v1.0.0");
        given[8..].Should().Equal(Directory.GetFiles(Path.Combine(Clone, "out", "pack")).Order(StringComparer.Ordinal))
            .And.Contain(file => file.EndsWith($"l4re-musl-1.0.0-prefix-{Name}.tar.zst", StringComparison.Ordinal));
    }

    [Fact]
    public void A_commit_without_a_tag_a_changed_one_and_one_without_notes_are_refused_before_anything_is_built()
    {
        CloneAndCommit("");

        Fault().Should().Contain("has no tag of a release, such as v1.2.0");
        Git("tag", "v1.0.0");
        Fault().Should().Contain("has no section '## [1.0.0] - YYYY-MM-DD'");
        File.AppendAllText(Path.Combine(Clone, "README.md"), "changed");
        Fault().Should().Contain("Files differ from the commit of v1.0.0, or are new");
        Directory.Exists(Path.Combine(Clone, "out")).Should().BeFalse();
    }

    [Fact]
    public void Without_a_token_nothing_is_published()
    {
        CloneAndCommit("## [1.0.0] - 2026-12-01\n\n- first release\n");
        Git("tag", "v1.0.0");

        Fault("Publish").Should().Contain("Publish needs a token of GitHub").And.Contain("GH_TOKEN or GITHUB_TOKEN");
    }

    public void Dispose() => temp.Dispose();

    void CloneAndCommit(string notes)
    {
        Tools.OfHost.Run(new ToolInvocation("git", "clone", "--quiet", RepositoryRoot.Path, Clone)).OrThrow("clone");
        File.AppendAllText(Path.Combine(Clone, "CHANGELOG.md"), notes);
        Git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--allow-empty", "--all", "--message=x");
    }

    string Fault(string target = "Release")
    {
        var failed = Build(target, token: "");
        failed.ExitCode.Should().NotBe(0);
        return BuildProgram.Text(failed);
    }

    ToolResult Build(string target, string token = "token") => new BuildProgram(Clone)
    {
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{temp["bin"]}:{Environment.GetEnvironmentVariable("PATH")}",
            ["GH_TOKEN"] = token,
        },
    }.Run(target, "--architectures", Name);

    void Git(params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation("git", ["-C", Clone, .. arguments])).OrThrow("use git");
}
