namespace NukeStandIn.Tests;

public sealed class ParameterTests
{
    [Fact]
    public void Without_a_value_parameters_keep_their_initialiser()
    {
        var result = Sample.Run("ParameterBuild");

        (result["MuslVersion"], result["L4ReSource"], result["Architectures"], result["Jobs"], result["Limit"], result["Offline"])
            .Should().Be(("1.2.5", "<null>", "arm|arm64", "4", "<null>", "False"));
    }

    [Theory]
    [InlineData("--musl-version", "MuslVersion")]
    [InlineData("--MuslVersion", "MuslVersion")]
    [InlineData("-MUSLVERSION", "MuslVersion")]
    [InlineData("--l4re-source", "L4ReSource")]
    [InlineData("--l4resource", "L4ReSource")]
    [InlineData("--renamed", "Original")]
    [InlineData("--writable", "Writable")]
    [InlineData("--read-only", "ReadOnly")]
    [InlineData("--shared", "Shared")]
    [InlineData("--token", "Token")]
    public void Names_match_in_any_case_with_and_without_dashes(string argument, string parameter) =>
        Sample.Run("ParameterBuild", argument, "value")[parameter].Should().Be("value");

    [Fact]
    public void Values_are_converted_to_the_type_of_the_parameter()
    {
        using var sample = new Sample("ParameterBuild");

        var result = sample.Run(
            "--architectures", "arm64", "Arm", "--plus", "a+b", "--jobs", "8", "--limit", "3", "--offline", "--level", "high",
            "--flavour", "l4re", "--flavours", "LINUX", "L4Re", "--output", "sub/../dir", "--mirror", "http://example.org/x");

        string[] names = ["Architectures", "Plus", "Jobs", "Limit", "Offline", "Level", "Flavour", "Flavours", "Output", "Mirror"];
        names.Select(x => result[x]).Should().Equal(
            "arm64|Arm", "a|b", "8", "3", "True", "High", "l4re-abi", "linux-abi|l4re-abi", $"{sample.Root}/dir", "http://example.org/x");
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
    public void A_list_in_the_environment_is_split_only_at_its_separator()
    {
        using var sample = new Sample("ParameterBuild").With("PLUS", "x+y").With("FLAVOURS", "linux");

        var result = sample.Run();

        (result["Plus"], result["Flavours"]).Should().Be(("x|y", "linux-abi"));
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
            .WithFile(".nuke/parameters.json", """{ "MuslVersion": "file", "Jobs": 1, "Writable": "file", "ReadOnly": "file" }""")
            .WithFile(".nuke/parameters.dev.json", """{ "MuslVersion": "profile", "Jobs": 2, "Writable": "profile" }""")
            .With("MUSL_VERSION", "environment")
            .With("JOBS", "3");

        var result = sample.Run("--profile", "dev", "--musl-version", "line");

        (result["MuslVersion"], result["Jobs"], result["Writable"], result["ReadOnly"]).Should().Be(("line", "3", "profile", "file"));
    }

    [Fact]
    public void Files_give_lists_and_paths_relative_to_the_root_and_targets()
    {
        using var sample = new Sample("ParameterBuild").WithFile(
            ".nuke/parameters.json",
            """{ "Architectures": ["a", "b"], "Offline": true, "Flavour": "L4Re", "Output": "rel", "jobs": 9, "Target": ["Show"], "Unknown": 1 }""");

        var result = sample.Run();

        (result["Architectures"], result["Offline"], result["Flavour"], result["Output"], result["Jobs"], result["InvokedTargets"])
            .Should().Be(("a|b", "True", "l4re-abi", $"{sample.Root}/rel", "4", "Show"));
    }

    [Theory]
    [InlineData("Jobs", "--jobs", "many")]
    [InlineData("Flavour", "--flavour", "nope")]
    [InlineData("Level", "--level", "middle")]
    [InlineData("MuslVersion", "--musl-version", "a", "b")]
    public void A_value_that_cannot_be_converted_is_a_warning(string parameter, params string[] arguments)
    {
        var result = Sample.Run("ParameterBuild", arguments);

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain($"[WRN] Could not inject value for ParameterBuild.{parameter}\n");
    }

    [Theory]
    [InlineData("""{ "MuslVersion": """)]
    [InlineData("[]")]
    public void A_broken_file_ends_the_build(string json)
    {
        using var sample = new Sample("ParameterBuild").WithFile(".nuke/parameters.json", json);

        var result = sample.Run("Show");

        result.ExitCode.Should().Be(255);
        result.Output.Should().Contain("[WRN] Could not inject value for ParameterBuild.MuslVersion\n");
        result.RunTargets.Should().BeEmpty();
    }

    [Fact]
    public void A_secret_in_clear_text_is_not_taken_from_a_file()
    {
        using var sample = new Sample("ParameterBuild").WithFile(".nuke/parameters.json", """{ "Token": "clear" }""");

        var result = sample.Run();

        result["Token"].Should().Be("<null>");
        result.Output.Should().Contain("[WRN] Could not inject value for ParameterBuild.Token");
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
    public void A_root_without_its_mark_is_an_error()
    {
        using var sample = new Sample("ParameterBuild");
        Directory.Delete(Path.Combine(sample.Root, ".nuke"));

        var result = sample.Run();

        result.ExitCode.Should().NotBe(0);
        result.Errors.Should().Contain("Could not locate '.nuke' directory/file while walking up");
    }
}
