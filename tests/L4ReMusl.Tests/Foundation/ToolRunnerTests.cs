using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Foundation;

public sealed class ToolRunnerTests
{
    readonly ToolRunner runner = new(ToolEnvironment.FromHost());

    [Fact]
    public void Output_error_and_exit_code_are_kept_apart()
    {
        var result = runner.Run(new ToolInvocation("sh", "-c", "echo out; echo err >&2; exit 3"));

        result.Output.Should().Be("out\n");
        result.Error.Should().Be("err\n");
        result.ExitCode.Should().Be(3);
    }

    [Fact]
    public void Arguments_reach_the_program_unchanged()
    {
        string[] awkward = ["a b", "", "$HOME", "it's", "\"", "*", "-n"];

        runner.Run(new ToolInvocation("printf", ["%s\\n", .. awkward])).Output.Should().Be(string.Join('\n', awkward) + "\n");
    }

    [Fact]
    public void A_failure_shows_the_purpose_the_command_and_its_output()
    {
        var run = () => runner.Run(new ToolInvocation("sh", "-c", "echo no such thing >&2; exit 2")).OrThrow("do the thing");

        run.Should().Throw<BuildException>()
            .WithMessage("Could not do the thing: 'sh -c *' ended with exit code 2.*no such thing*");
    }

    [Fact]
    public void A_missing_program_is_named_with_the_remedy()
    {
        var run = () => runner.Run(new ToolInvocation("no-such-program"));

        run.Should().Throw<BuildException>().WithMessage("*'no-such-program' was not found*PATH*");
    }

    [Fact]
    public void A_program_that_hangs_is_killed_with_its_children()
    {
        using var temp = new TempFolder();
        var invocation = new ToolInvocation("sh", "-c", $"echo started; (sleep 60; touch '{temp["late"]}') & wait")
        {
            Timeout = TimeSpan.FromMilliseconds(500),
        };

        var run = () => runner.Run(invocation);

        run.Should().Throw<BuildException>().WithMessage("*did not end within*killed*started*");
    }

    [Fact]
    public void What_a_program_leaves_behind_to_write_on_is_killed_when_its_time_is_up()
    {
        var invocation = new ToolInvocation("sh", "-c", "echo started; setsid sh -c 'echo $$; sleep 60' & sleep 0.2")
        {
            Timeout = TimeSpan.FromSeconds(2),
        };
        var lines = new List<string>();

        var result = runner.RunWithin(invocation, lines.Add);

        result.Should().BeNull();
        lines.Should().HaveCount(2).And.StartWith("started");
        // The process that inherits it may not have reached its end yet.
        var status = $"/proc/{lines[1]}/status";
        (!File.Exists(status) || File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal)).Should().BeTrue();
    }

    [Fact]
    public void Input_is_passed_on_and_ends()
    {
        runner.Run(new ToolInvocation("cat") { Input = "hello" }).Output.Should().Be("hello\n");
    }

    [Fact]
    public void Compiler_flags_of_the_users_shell_do_not_reach_a_program()
    {
        var environment = ToolEnvironment.From(
        [
            new("PATH", Environment.GetEnvironmentVariable("PATH")!), new("CFLAGS", "-O0"), new("MAKEFLAGS", "-k"),
            new("LC_ALL", "de_DE"), new("CCACHE_DIR", "/cache"),
        ]);

        var seen = new ToolRunner(environment).Run(new ToolInvocation("env")).Output.Split('\n');

        seen.Should().Contain("LC_ALL=C").And.Contain("CCACHE_DIR=/cache");
        seen.Should().NotContain(line => line.StartsWith("CFLAGS") || line.StartsWith("MAKEFLAGS"));
    }

    [Theory]
    [InlineData("CCACHE_REMOTE_STORAGE")]
    [InlineData("SCCACHE_DIR")]
    [InlineData("DISTCC_HOSTS")]
    [InlineData("ICECC")]
    [InlineData("ICECC_VERSION")]
    [InlineData("XDG_CONFIG_HOME")]
    [InlineData("SSH_AUTH_SOCK")]
    public void What_compiler_launchers_need_reaches_them(string variable)
    {
        ToolEnvironment.From([new(variable, "a value")]).Variables.Should().Contain(variable, "a value");
    }

    [Fact]
    public void A_failing_logged_command_shows_its_last_lines_and_keeps_all_of_them()
    {
        using var temp = new TempFolder();
        using var log = new CommandLog(runner, temp["logs/step.log"]);

        var run = () =>
            log.Run("compile it", new ToolInvocation("sh", "-c", "for i in $(seq 100); do echo line-$i; done; exit 1"));

        run.Should().Throw<BuildException>().Which.Message.Should()
            .Contain("compile it").And.Contain("line-100").And.NotContain("line-50").And.Contain(temp["logs/step.log"]);
        File.ReadAllText(temp["logs/step.log"]).Should().Contain("line-1\n").And.Contain("line-50").And.Contain("$ sh -c");
    }
}
