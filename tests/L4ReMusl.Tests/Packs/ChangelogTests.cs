using L4ReMusl.Packs;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Packs;

/// <summary>What the list of changes says about a release.</summary>
public sealed class ChangelogTests : IDisposable
{
    readonly TempFolder temp = new();

    [Fact]
    public void A_release_has_the_lines_up_to_the_one_before()
    {
        var changes = Changes(
            "# Changelog\n\n## [Unreleased]\n\n- x\n\n"
            + "## [1.1.0] - 2026-12-01\n\n### Added\n\n- y\n\n## [1.0.0] - 2026-11-01\n");

        changes.SectionOf("1.1.0").Should().Be("### Added\n\n- y\n");
    }

    [Theory]
    [InlineData("## [Unreleased]\n\n- x\n")]
    [InlineData("## 1.0.0 - 2026-11-01\n\n- x\n")]
    [InlineData("## [1.0.0]\n\n- x\n")]
    [InlineData("## [1.0.01] - 2026-11-01\n\n- x\n")]
    public void A_release_without_a_section_is_an_error(string text) =>
        Fault(text).Should().Be($"{temp["changes.md"]} has no section '## [1.0.0] - YYYY-MM-DD', which a release needs.");

    [Fact]
    public void A_release_in_which_nothing_changed_is_an_error() =>
        Fault("## [1.0.0] - 2026-11-01\n\n## [0.9.0] - 2026-10-01\n\n- x\n").Should().Contain("says nothing about 1.0.0");

    public void Dispose() => temp.Dispose();

    Changelog Changes(string text) => new(temp.Write("changes.md", text));

    string Fault(string text) =>
        FluentActions.Invoking(() => Changes(text).SectionOf("1.0.0")).Should().Throw<BuildException>().Which.Message;
}
