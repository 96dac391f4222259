using L4ReMusl.Checks;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Checks;

/// <summary>The evaluation of a self-test's output. A shell script replaces the program, and a shell the emulator.</summary>
public sealed class SelfTestRunnerTests : IDisposable
{
    readonly TempFolder temp = new();

    [Fact]
    public void Passed_checks_are_named() =>
        Run("echo SELF-TEST a ok; echo SELF-TEST b ok not in this kernel; echo SELF-TEST END ok passed=2 failed=0")
            .Should().Equal("a", "b");

    [Fact]
    public void Failed_checks_are_shown_with_their_details() =>
        this.Invoking(
            _ => Run("echo SELF-TEST a ok; echo SELF-TEST b FAIL line 7; echo SELF-TEST END FAIL passed=1 failed=1; exit 1"))
            .Should().Throw<BuildException>().WithMessage("*arm64 failed:*b FAIL line 7")
            .Which.Message.Should().NotContain("a ok");

    [Theory]
    [InlineData("echo SELF-TEST a ok; echo it went wrong >&2; exit 139", "after 1 checks*exit code 139*it went wrong*")]
    [InlineData("echo SELF-TEST a ok", "after 1 checks*exit code 0*")]
    [InlineData("echo SELF-TEST END ok passed=0 failed=0", "after 0 checks*")]
    [InlineData("echo SELF-TEST a ok; echo SELF-TEST END ok passed=2 failed=0", "after 1 checks*")]
    [InlineData("echo SELF-TEST a ok; echo SELF-TEST END ok passed=1 failed=0; exit 3", "after 1 checks*exit code 3*")]
    [InlineData(":", "after 0 checks*")]
    public void A_program_that_does_not_come_to_its_end_has_failed(string script, string message) =>
        this.Invoking(_ => Run(script)).Should().Throw<BuildException>().WithMessage($"*did not finish: {message}");

    [Fact]
    public void A_missing_emulator_is_an_error_that_names_its_package() =>
        new SelfTestRunner(ArchitectureCatalogue.Arm64, Tools.In(temp.Path)).Invoking(runner => runner.Run(temp.Path))
            .Should().Throw<BuildException>().WithMessage("*'qemu-aarch64'*qemu-user*");

    public void Dispose() => temp.Dispose();

    IReadOnlyList<string> Run(string script)
    {
        temp.Write($"root{SelfTestProgram.InstalledPath}", script);
        var emulator = temp["emulator"];

        // Another process writes the file: a child that a parallel test starts would inherit the open file from this process,
        // and a program that is open for writing cannot be started.
        Tools.OfHost.Run(
            new ToolInvocation("install", "-m", "700", "/dev/stdin", emulator) { Input = "#!/bin/sh\nexec sh \"$3\"\n" })
            .OrThrow("write the emulator");
        return new SelfTestRunner(ArchitectureCatalogue.Arm64 with { QemuUser = emulator }, Tools.OfHost).Run(temp["root"]);
    }
}
