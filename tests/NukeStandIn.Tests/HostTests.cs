namespace NukeStandIn.Tests;

public sealed class HostTests
{
    [Fact]
    public void A_local_build_frames_its_targets_and_ends_with_a_summary()
    {
        var result = Sample.Run("GraphBuild", "SmokeTest");

        string.Join('\n', result.Lines).Should().Contain("\n\n╬══════════════\n║ SmokeTest\n╬═════\n\n");
        result.Output.Should().MatchRegex(@"\d\d:\d\d:\d\d \[INF\] text abc and number 42")
            .And.NotContain("[VRB]").And.NotContain("\e[");
        result.Lines.Should().Contain("[WRN] SmokeTest: a warning about 42 things")
            .And.ContainMatch("Fetch              Succeeded   *   // Version: 1.2.5, Files: 235")
            .And.ContainMatch("Build succeeded on */*/* *:*:*. *");
    }

    [Theory]
    [InlineData("verbose", "[VRB] verbose 1", "-")]
    [InlineData("normal", "[DBG] debug", "[VRB]")]
    [InlineData("minimal", "[WRN] a warning", "[INF]")]
    [InlineData("quiet", "║ SmokeTest", " [WRN] a warning")]
    public void Verbosity_is_the_least_important_message_on_the_console(string verbosity, string expected, string unexpected)
    {
        var result = Sample.Run("GraphBuild", "SmokeTest", "--verbosity", verbosity);

        result.Output.Should().Contain(expected);
        if (unexpected != "-")
            result.Output.Should().NotContain(unexpected);
    }

    [Fact]
    public void A_local_build_writes_everything_into_a_log_file()
    {
        using var sample = new Sample("GraphBuild");
        sample.Run("SmokeTest", "--verbosity", "quiet");

        sample.ReadTemp("build.log").Should().MatchRegex(@"\d\d:\d\d:\d\d\.\d{3} \| V \| Fetch                \| verbose 1\n")
            .And.MatchRegex(@"\| W \| SmokeTest            \| a warning about 42 things\n");
    }

    [Fact]
    public void Log_files_of_the_last_builds_are_kept()
    {
        using var sample = new Sample("GraphBuild");
        var temp = Directory.CreateDirectory(Path.Combine(sample.Root, ".nuke", "temp"));
        for (var i = 1; i <= 8; i++)
            File.WriteAllText(Path.Combine(temp.FullName, $"build.2001-01-0{i}_00-00-00.log"), "old");

        sample.Run("Clean");

        temp.GetFiles("build.2001-*.log").Select(x => x.Name).Should().BeEquivalentTo(
            Enumerable.Range(4, 5).Select(x => $"build.2001-01-0{x}_00-00-00.log"));
    }

    [Fact]
    public void An_xterm_gets_colours_even_through_a_pipe()
    {
        using var sample = new Sample("GraphBuild").With("TERM", "xterm-256color");

        sample.Run("Clean").Output.Should().Contain("║ \e[38;5;45;1mClean\e[0m").And.Contain("\e[32;1mClean");
    }

    [Fact]
    public void On_GitHub_targets_are_groups_and_messages_are_annotations()
    {
        using var sample = new Sample("GraphBuild").With("GITHUB_ACTIONS", "true");

        var result = sample.Run("SmokeTest");

        result.Output.Should().Contain("::group::SmokeTest\n::warning::a warning about 42 things\n")
            .And.Contain("::endgroup::SmokeTest\n");
        result.RunTargets.Should().BeEmpty();
        File.Exists(Path.Combine(sample.Root, ".nuke", "temp", "build.log")).Should().BeFalse();
    }

    [Fact]
    public void On_GitHub_a_failure_is_an_error_annotation()
    {
        using var sample = new Sample("FailureBuild").With("GITHUB_ACTIONS", "true");

        sample.Run("Fail").Output.Should().Contain("::error::Target \"Fail\" has thrown an exception\n")
            .And.Contain("::endgroup::Fail\n");
    }

    [Fact]
    public void On_Azure_Pipelines_targets_are_groups_and_messages_are_issues()
    {
        using var sample = new Sample("GraphBuild").With("TF_BUILD", "True");

        sample.Run("SmokeTest").Output.Should()
            .Contain("##[group]SmokeTest\n##vso[task.logissue type=warning]a warning about 42 things\n")
            .And.Contain("##[endgroup]SmokeTest\n");
    }

    [Fact]
    public void The_host_can_be_chosen()
    {
        using var sample = new Sample("GraphBuild");

        sample.Run("Clean", "--host", "azurepipelines").Output.Should().Contain("##[group]Clean\n");
        File.Exists(Path.Combine(sample.Root, ".nuke", "temp", "build.log")).Should().BeFalse("a CI server keeps the log");
    }

    [Fact]
    public void An_unknown_host_ends_the_program()
    {
        var result = Sample.Run("ParameterBuild", "--host", "arm-linux");

        result.ExitCode.Should().NotBe(0);
        result.Errors.Should().Contain("Value 'arm-linux' could not be converted to 'Host'");
    }
}
