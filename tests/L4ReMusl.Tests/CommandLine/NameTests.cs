using L4ReMusl.CommandLine;
using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Tests.CommandLine;

public sealed class NameTests
{
    [Theory]
    [InlineData("CrossCompileArm64", "cross-compile-arm64")]
    [InlineData("L4ReSource", "l4re-source")]
    [InlineData("L4ReBuild", "l4re-build")]
    [InlineData("MuslVersion", "musl-version")]
    [InlineData("NoProvision", "no-provision")]
    [InlineData("Jobs", "jobs")]
    public void A_member_has_the_dashed_name_that_NUKE_shows(string member, string name) =>
        ParameterName.FromMember(member).Should().Be(name);

    [Theory]
    [InlineData("l4re-source", "L4ReSource", true)]
    [InlineData("--l4-re-source", "l4resource", true)]
    [InlineData("jobs", "job", false)]
    public void Dashes_and_letter_case_do_not_matter(string one, string other, bool equal) =>
        ParameterName.AreEqual(one, other).Should().Be(equal);

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("arm46", "arm64", 1)]
    [InlineData("ofline", "offline", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("same", "same", 0)]
    public void A_swap_of_neighbours_counts_as_one_mistake(string one, string other, int distance)
    {
        NearestMatch.Distance(one, other).Should().Be(distance);
        NearestMatch.Distance(other, one).Should().Be(distance);
    }

    [Theory]
    [InlineData("lsb-rot", "LsbRoot")]
    [InlineData("COMPILEARM46", "CompileArm64")]
    [InlineData("Fetch", "FetchMusl")]
    [InlineData("xyz", null)]
    [InlineData("4", null)]
    [InlineData("", null)]
    public void The_nearest_match_is_a_misspelling_or_a_beginning(string typed, string? expected) =>
        NearestMatch.Find(typed, ["FetchMusl", "CompileArm", "CompileArm64", "LsbRoot", "1"]).Should().Be(expected);

    [Fact]
    public void The_engines_parameters_are_known_once_even_if_the_caller_lists_them()
    {
        var info = new CommandLineInfo([], [new("Verbosity", "From the base class.", "Other", ParameterKind.Text)]);

        info.Parameters.Where(parameter => ParameterName.AreEqual(parameter.Name, "verbosity")).Should().ContainSingle()
            .Which.ValidValues.Should().Contain("Quiet");
    }
}
