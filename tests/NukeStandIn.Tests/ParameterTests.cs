namespace NukeStandIn.Tests;

public sealed class ParameterTests
{
    [Fact]
    public void Without_a_value_parameters_have_their_default()
    {
        var result = Sample.Run("ParameterBuild");

        (result["MuslVersion"], result["L4ReSource"], result["Architectures"], result["Jobs"], result["Offline"])
            .Should().Be(("1.2.5", "<null>", "arm|arm64", "<null>", "False"));
    }

    [Theory]
    [InlineData("--musl-version", "MuslVersion")]
    [InlineData("--MuslVersion", "MuslVersion")]
    [InlineData("-MUSLVERSION", "MuslVersion")]
    [InlineData("--l4re-source", "L4ReSource")]
    [InlineData("--l4resource", "L4ReSource")]
    [InlineData("--renamed", "Original")]
    public void Names_match_in_any_case_with_and_without_dashes(string argument, string parameter) =>
        Sample.Run("ParameterBuild", argument, "value")[parameter].Should().Be("value");

    [Fact]
    public void Values_are_converted_to_the_type_of_the_parameter()
    {
        var result = Sample.Run(
            "ParameterBuild", "--architectures", "arm64", "Arm", "--flavours", "a+b", "--jobs", "8", "--offline");

        (result["Architectures"], result["Flavours"], result["Jobs"], result["Offline"])
            .Should().Be(("arm64|Arm", "a+b", "8", "True"));
        Sample.Run("ParameterBuild", "--offline", "false")["Offline"].Should().Be("False");
    }

    [Fact]
    public void The_last_of_several_values_counts() =>
        Sample.Run("ParameterBuild", "--musl-version", "1", "--musl-version", "2")["MuslVersion"].Should().Be("2");

    [Theory]
    [InlineData("MuslVersion", "MuslVersion")]
    [InlineData("MUSL_VERSION", "MuslVersion")]
    [InlineData("NUKE_MUSL_VERSION", "MuslVersion")]
    [InlineData("nuke_muslversion", "MuslVersion")]
    [InlineData("ARCHITECTURES", "Architectures")]
    public void The_environment_gives_values_under_any_spelling(string variable, string parameter)
    {
        using var sample = new Sample("ParameterBuild").With(variable, "value with spaces");

        sample.Run()[parameter].Should().Be("value with spaces");
    }

    [Fact]
    public void Targets_in_the_environment_are_split_and_other_lists_are_not()
    {
        using var sample = new Sample("ParameterBuild").With("TARGET", "Other+Show").With("FLAVOURS", "linux l4re");

        var result = sample.Run();

        result["Flavours"].Should().Be("linux l4re");
        result.RunTargets.Should().BeEquivalentTo("Show", "Other");
    }

    [Fact]
    public void Two_variables_for_one_parameter_are_a_warning_and_count_for_nothing()
    {
        using var sample = new Sample("ParameterBuild").With("MUSL_VERSION", "1").With("NUKE_MUSL_VERSION", "2");

        var result = sample.Run();

        result["MuslVersion"].Should().Be("1.2.5");
        result.Output.Should().Contain("[WRN] Could not resolve MuslVersion since multiple values are provided");
    }

    [Fact]
    public void The_order_of_sources_is_command_line_environment_profile_file()
    {
        using var sample = new Sample("ParameterBuild")
            .WithFile(
                ".nuke/parameters.json",
                """{ "MuslVersion": "file", "Jobs": 1, "L4ReSource": "file", "renamed": "file" }""")
            .WithFile(".nuke/parameters.dev.json", """{ "MuslVersion": "profile", "Jobs": 2, "L4ReSource": "profile" }""")
            .With("MUSL_VERSION", "environment")
            .With("JOBS", "3");

        var result = sample.Run("--profile", "dev", "--musl-version", "line");

        (result["MuslVersion"], result["Jobs"], result["L4ReSource"], result["Original"])
            .Should().Be(("line", "3", "profile", "file"));
    }

    [Fact]
    public void Files_give_lists_and_flags_and_targets_under_their_exact_names()
    {
        using var sample = new Sample("ParameterBuild").WithFile(
            ".nuke/parameters.json",
            """{ "Architectures": ["a", "b"], "Offline": true, "jobs": 9, "Target": ["Other", "Show"], "Unknown": 1 }""");

        var result = sample.Run();

        (result["Architectures"], result["Offline"], result["Jobs"]).Should().Be(("a|b", "True", "<null>"));
        result.RunTargets.Should().BeEquivalentTo("Show", "Other");
    }

    [Theory]
    [InlineData("Offline", "--offline", "maybe")]
    [InlineData("MuslVersion", "--musl-version", "a", "b")]
    public void A_value_that_cannot_be_converted_is_a_warning(string parameter, params string[] arguments)
    {
        var result = Sample.Run("ParameterBuild", arguments);

        result.ExitCode.Should().Be(0);
        result.Output.Should().MatchRegex($@"\[WRN\] Could not inject value for \w+\.{parameter}\n");
    }

    [Theory]
    [InlineData("""{ "MuslVersion": """)]
    [InlineData("[]")]
    public void A_broken_file_ends_the_build(string json)
    {
        using var sample = new Sample("ParameterBuild").WithFile(".nuke/parameters.json", json);

        var result = sample.Run("Show");

        result.ExitCode.Should().Be(255);
        result.Output.Should().Contain("[WRN] Could not inject value for NukeBuild.Plan\n");
        result.RunTargets.Should().BeEmpty();
    }

    [Fact]
    public void An_unknown_parameter_is_ignored() =>
        Sample.Run("ParameterBuild", "--no-such-thing", "x").ExitCode.Should().Be(0);

    [Fact]
    public void The_root_is_found_from_a_folder_below_and_can_be_given()
    {
        using var sample = new Sample("ParameterBuild");
        using var other = new Sample("ParameterBuild").With("NUKE_ROOT", sample.Root);

        sample.Run()["RootDirectory"].Should().Be(sample.Root);
        other.Run()["RootDirectory"].Should().Be(sample.Root);
        other.Run("--root", other.Root)["TemporaryDirectory"].Should().Be($"{other.Root}/.nuke/temp");
    }

    [Fact]
    public void A_slash_joins_paths_and_normalises_them()
    {
        using var sample = new Sample("ParameterBuild");

        sample.Run()["Joined"].Should().Be($"{sample.Root}/b/d");
        Sample.Run("FailureBuild", "Rooted").Summary.Single().Should()
            .StartWith("Rooted Failed // ArgumentException: Second path must not be rooted");
    }

    [Fact]
    public void A_root_without_its_mark_is_an_error()
    {
        using var sample = new Sample("ParameterBuild");
        Directory.Delete(Path.Combine(sample.Root, ".nuke"));

        var result = sample.Run();

        result.ExitCode.Should().NotBe(0);
        result.Errors.Should().Contain("Could not locate '.nuke' directory/file while walking up");
    }
}
