using L4ReMusl.CommandLine;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.CommandLine;

public sealed class ArgumentCheckTests
{
    [Theory]
    [InlineData("")]
    [InlineData("LsbRoot")]
    [InlineData("lsb-root")]
    [InlineData("CompileArm CompileArm64")]
    [InlineData("CompileArm+CompileArm64")]
    [InlineData("Internal")]
    [InlineData("--target LsbRoot FetchMusl")]
    [InlineData("LsbRoot --skip")]
    [InlineData("LsbRoot --skip FetchMusl+CompileArm")]
    [InlineData("--architectures arm ARM64 --jobs 4")]
    [InlineData("--architectures arm,ARM64 --jobs 4")]
    [InlineData("--offline")]
    [InlineData("--offline false")]
    [InlineData("--L4ReSource ../l4re --MUSLVERSION 1.2.5")]
    [InlineData("--mirrors https://example.org file:///srv")]
    [InlineData("--root --verbosity quiet --no-logo --help --plan --continue --profile ci --host Terminal")]
    [InlineData("--generate-configuration GitHubActions_ci --host GitHubActions")]
    [InlineData("--partition 1/2 --strict")]
    public void What_NUKE_understands_as_it_was_meant_passes(string commandLine) =>
        SampleCommandLine.Problems(commandLine).Should().BeEmpty();

    [Theory]
    [InlineData("LsbRot")]
    [InlineData("--target LsbRot")]
    [InlineData("FetchMusl+LsbRot")]
    [InlineData("--skip LsbRot")]
    public void An_unknown_target_is_named_with_the_nearest_and_all_valid_ones(string commandLine)
    {
        var problems = SampleCommandLine.Problems(commandLine);

        problems[0].Should().Contain("'LsbRot'").And.Contain("Did you mean 'LsbRoot'?");
        problems[^1].Should().Contain("FetchMusl, CompileArm, CompileArm64, LsbRoot").And.NotContain("Internal");
    }

    [Fact]
    public void A_parameter_typed_as_a_target_is_recognised() =>
        SampleCommandLine.Problems("help")[0].Should().Contain("Did you mean '--help'?");

    [Fact]
    public void An_unknown_parameter_is_named_with_the_nearest_and_all_valid_ones()
    {
        var problems = SampleCommandLine.Problems("LsbRoot --ofline");

        problems.Should().HaveCount(2);
        problems[0].Should().Contain("'--ofline'").And.Contain("Did you mean '--offline'?");
        problems[1]
            .Should().Contain("--architectures").And.Contain("--verbosity").And.Contain("'--help'").And.NotContain("--strict");
    }

    [Fact]
    public void A_parameter_like_no_other_gets_no_guess() =>
        SampleCommandLine.Problems("--xyzzy")[0].Should().Contain("'--xyzzy'").And.NotContain("Did you mean");

    [Theory]
    [InlineData("-jobs 4", "--jobs")]
    [InlineData("-offline", "--offline")]
    public void A_single_dash_is_refused(string commandLine, string right) =>
        SampleCommandLine.Problems(commandLine).Should().ContainSingle().Which.Should().Contain($"write '{right}'");

    [Fact]
    public void A_value_joined_by_an_equals_sign_is_explained() =>
        SampleCommandLine.Problems("--jobs=4")[0].Should().Contain("'--jobs=4'").And.Contain("write '--jobs 4'");

    [Fact]
    public void A_flag_takes_only_true_and_false() =>
        SampleCommandLine.Problems("--offline maybe").Should().ContainSingle()
            .Which.Should().Contain("'--offline'").And.Contain("'maybe'").And.Contain("'false'");

    [Theory]
    [InlineData("--offline LsbRoot")]
    [InlineData("--offline true LsbRoot")]
    [InlineData("--jobs 4 LsbRoot")]
    [InlineData("--musl-version 1.2.5 LsbRoot")]
    [InlineData("--architectures arm LsbRoot")]
    [InlineData("--mirrors https://example.org LsbRoot")]
    public void A_target_behind_a_parameter_must_go_first(string commandLine) =>
        SampleCommandLine.Problems(commandLine).Should().ContainSingle().Which.Should().Contain("put targets first: 'LsbRoot --");

    [Theory]
    [InlineData("--musl-version", "as in '--musl-version 1.2.5'")]
    [InlineData("--jobs --offline", "whole number")]
    [InlineData("--architectures", "Valid: arm, arm64")]
    [InlineData("--target", "'--target' needs a value")]
    public void A_missing_value_is_reported_with_what_would_be_right(string commandLine, string remedy) =>
        SampleCommandLine.Problems(commandLine)
            .Should().ContainSingle().Which.Should().Contain("needs a value").And.Contain(remedy);

    [Fact]
    public void An_empty_value_is_a_missing_one() =>
        new ArgumentCheck(SampleCommandLine.Info).Problems(["--musl-version", ""]).Should().ContainSingle()
            .Which.Should().Contain("needs a value");

    [Theory]
    [InlineData("--architectures arm46", "Did you mean 'arm64'? Valid: arm, arm64.")]
    [InlineData("--architectures arm x86", "'x86'. Valid: arm, arm64.")]
    [InlineData("--verbosity loud", "'loud'. Valid: Verbose, Normal, Minimal, Quiet.")]
    [InlineData("--architectures arm,arm46", "can't be 'arm46'. Did you mean 'arm64'? Valid: arm, arm64.")]
    public void A_bad_value_is_named_with_the_nearest_and_all_valid_ones(string commandLine, string remedy) =>
        SampleCommandLine.Problems(commandLine).Should().ContainSingle().Which.Should().Contain(remedy);

    [Theory]
    [InlineData("--jobs four", "'four'")]
    [InlineData("--jobs 0", "'0'")]
    [InlineData("--jobs 2.5", "'2.5'")]
    [InlineData("--jobs 1025", "'1025'")]
    public void A_number_must_be_one_and_in_its_range(string commandLine, string value) =>
        SampleCommandLine.Problems(commandLine).Should().ContainSingle()
            .Which.Should().Contain("'--jobs'").And.Contain("a whole number from 1 to 1024").And.Contain(value);

    [Fact]
    public void A_negative_number_is_refused_although_NUKE_takes_it_for_a_parameter() =>
        SampleCommandLine.Problems("--jobs -1").Should().Contain(problem => problem.Contains("'-1'"));

    [Fact]
    public void One_value_too_many_is_named() =>
        SampleCommandLine.Problems("--musl-version 1.2.5 1.2.6").Should().ContainSingle().Which.Should().Contain("'1.2.6'");

    [Theory]
    [InlineData("--jobs 2 --jobs 4")]
    [InlineData("--jobs 2 --JOBS 4")]
    public void A_parameter_given_twice_is_refused(string commandLine) =>
        SampleCommandLine.Problems(commandLine).Should().ContainSingle().Which.Should().Contain("'--jobs' is given 2 times");

    [Fact]
    public void Targets_in_two_places_are_refused() =>
        SampleCommandLine.Problems("FetchMusl --target LsbRoot").Should().ContainSingle()
            .Which.Should().Contain("'FetchMusl'").And.Contain("'--target'");

    [Fact]
    public void One_error_has_all_problems()
    {
        using var folder = new TempFolder();
        var check = () => Given(["LsbRot", "--ofline", "--jobs", "none"], folder.Path).Verify();

        check.Should().Throw<BuildException>().Which.Message.Split(Environment.NewLine)
            .Should().HaveCount(5).And.Contain(line => line.Contains("LsbRot")).And.Contain(line => line.Contains("--ofline"))
            .And.Contain(line => line.Contains("'none'"));
    }

    [Fact]
    public void A_correct_command_line_is_not_an_error()
    {
        using var folder = new TempFolder();

        Given(["LsbRoot", "--jobs", "2"], folder.Path).Invoking(given => given.Verify()).Should().NotThrow();
    }

    static GivenParameters Given(string[] arguments, string folder) =>
        new(SampleCommandLine.Info, arguments, new Dictionary<string, string>(), folder);
}
