using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.HostTools;

public sealed class ProvisionerTests
{
    static readonly HostTool Make = new(["make"], "make-package", [ToolNeed.Compile]);
    static readonly HostTool Gpg = new(["gpg-of-nobody"], "gnupg", [ToolNeed.Signature]) { IsOptional = true };
    static readonly HostTool Own = new(["/nowhere/bin/arm-gcc"], null, [ToolNeed.Compile])
    {
        Remedy = "correct '--cross-compile-arm'",
    };

    [Fact]
    public void A_complete_host_is_left_alone_and_no_tool_is_started()
    {
        using var host = new FakeHost().With("make", "echo started > \"$0.started\"").WithAptGet();

        var result = host.Provision([Make, Gpg]);

        result.Installed.Should().BeEmpty();
        File.Exists(host.PathOf("make.started")).Should().BeFalse();
        host.Calls.Should().BeEmpty();
        host.Log.Should().BeEmpty();
    }

    [Fact]
    public void What_is_only_wanted_is_installed_where_that_is_possible_and_done_without_elsewhere()
    {
        using var host = new FakeHost().WithAptGet();
        var wanted = Make with { IsWanted = true };

        host.Provision([wanted], mayInstall: false).Installed.Should().BeEmpty();
        host.Log.Should().Contain("The host lacks 'make'; nothing was installed, because '--no-provision' forbids it");
        host.Invoking(h => h.Provision([wanted, Own], mayInstall: false)).Should().Throw<BuildException>();
        host.Provision([wanted]).Installed.Should().Equal("make-package");
    }

    [Fact]
    public void Root_installs_what_is_missing_and_says_so_in_a_table()
    {
        using var host = new FakeHost().WithAptGet();

        var result = host.Provision([Make, Gpg]);

        result.Installed.Should().Equal("make-package");
        result.Tools[0].Version.Should().Be("9.9");
        host.Calls.Should().ContainSingle().Which.Should()
            .StartWith("apt-get install -y --no-install-recommends")
            .And.Contain(" -o DPkg::Lock::Timeout=300 ").And.Contain("--no-remove")
            .And.Contain(" make-package [noninteractive]").And.Contain("[http://proxy.example:3128]").And.NotContain("gnupg");
        host.Log.Should().MatchRegex("make +- +MISSING +make-package").And.MatchRegex("make +9.9 +there +make-package");
    }

    [Fact]
    public void Everything_that_apt_get_says_is_in_the_log_file()
    {
        using var host = new FakeHost().WithAptGet("echo out-line; echo error-line >&2; INSTALLS");

        host.Provision([Make]);

        File.ReadAllText(host.LogFile).Should().Contain("$ apt-get install").And.Contain("out-line").And.Contain("error-line");
        host.Log.Should().Contain("apt-get: out-line").And.Contain(host.LogFile);
    }

    [Fact]
    public void Sudo_without_a_password_is_used_and_keeps_variables_and_proxy()
    {
        using var host = new FakeHost { System = Debian(isRoot: false) }.WithAptGet().WithSudo();

        host.Provision([Make]).Installed.Should().Equal("make-package");

        host.Calls[0].Should().Be("sudo -n true");
        host.Calls[1].Should().StartWith("sudo -n env ").And.Contain($" {host.PathOf("apt-get")} install -y ");
        host.Calls[2].Should().Contain("[noninteractive] [http://proxy.example:3128]");
    }

    [Theory]
    [InlineData("E: Unable to locate package make-package")]
    [InlineData("E: Package 'make-package' has no installation candidate")]
    [InlineData("E: Failed to fetch http://deb.example/make.deb  404  Not Found")]
    public void Missing_or_old_package_lists_are_updated_once_and_the_installation_tried_again(string complaint)
    {
        using var host = new FakeHost().WithAptGet(
            "case $1 in update) : > updated;; "
            + $"install) [ -e updated ] || {{ echo \"{complaint}\" >&2; exit 100; }}; INSTALLS;; esac");

        host.Provision([Make]).Installed.Should().Equal("make-package");

        host.Calls.Select(call => call.Split(' ')[1]).Should().Equal("install", "update", "install");
    }

    [Fact]
    public void Package_lists_that_someone_else_is_updating_are_waited_for()
    {
        using var host = new FakeHost().WithAptGet(
            "case $1 in update) [ -e tried ] && : > updated || "
            + "{ : > tried; echo 'E: Could not get lock /var/lib/apt/lists/lock.' >&2; exit 100; };; "
            + "install) [ -e updated ] || { echo 'E: Unable to locate package x' >&2; exit 100; }; INSTALLS;; esac");

        host.Provision([Make]);

        host.Calls.Select(call => call.Split(' ')[1]).Should().Equal("install", "update", "update", "install");
    }

    [Fact]
    public void A_failure_for_another_reason_is_not_retried_and_quotes_apt_get()
    {
        using var host = new FakeHost().WithAptGet("echo 'E: You don\\047t have enough free space' >&2; exit 100");

        host.Invoking(h => h.Provision([Make])).Should().Throw<BuildException>()
            .Which.Message.Should().Contain("make-package").And.Contain("enough free space").And.Contain(host.LogFile);
        host.Calls.Should().ContainSingle();
    }

    [Fact]
    public void A_broken_source_beside_good_ones_is_a_warning()
    {
        using var host = new FakeHost().WithAptGet(
            "case $1 in update) : > updated; echo 'E: The repository has no Release file.' >&2; exit 100;; "
            + "install) [ -e updated ] || { echo 'E: Unable to locate package x' >&2; exit 100; }; INSTALLS;; esac");

        host.Provision([Make]).Installed.Should().Equal("make-package");

        host.Log.Should().Contain("Not all package lists could be updated").And.Contain("has no Release file");
    }

    [Fact]
    public void Where_no_source_has_the_package_that_is_the_error()
    {
        using var host = new FakeHost().WithAptGet(
            "[ $1 = update ] && { echo 'E: The repository is gone' >&2; exit 100; }; "
            + "echo 'E: Unable to locate package x' >&2; exit 100");

        host.Invoking(h => h.Provision([Make])).Should().Throw<BuildException>()
            .Which.Message.Should().Contain("Unable to locate package x");
        host.Log.Should().Contain("The repository is gone");
    }

    [Fact]
    public void A_package_that_does_not_bring_its_tool_is_an_error()
    {
        using var host = new FakeHost().WithAptGet("exit 0");

        host.Invoking(h => h.Provision([Make])).Should().Throw<BuildException>()
            .Which.Message.Should().Contain("'make' is still missing").And.Contain("'make-package'");
    }

    [Fact]
    public void No_provision_installs_nothing_and_stops_with_the_command_to_type()
    {
        using var host = new FakeHost().WithAptGet();

        host.Invoking(h => h.Provision([Make, Gpg], mayInstall: false)).Should().Throw<BuildException>()
            .Which.Message.Should().Contain("--no-provision").And.MatchRegex("make +- +MISSING")
            .And.Contain("sudo apt-get install -y --no-install-recommends make-package").And.NotContain("gpg-of-nobody");
        host.Calls.Should().BeEmpty();
    }

    [Fact]
    public void Without_root_and_without_sudo_it_stops_with_the_command_to_type()
    {
        using var host = new FakeHost { System = Debian(isRoot: false) }.WithAptGet().WithSudo(mayRun: false);

        host.Invoking(h => h.Provision([Make])).Should().Throw<BuildException>()
            .Which.Message.Should().Contain("password")
            .And.Contain("Install with: sudo apt-get install -y --no-install-recommends make-package");
        host.Calls.Should().Equal("sudo -n true");
    }

    [Fact]
    public void Another_distribution_is_named_and_nothing_is_tried()
    {
        var fedora = HostSystem.Parse("ID=fedora\nPRETTY_NAME=\"Fedora Linux 42\"", isRoot: true);
        using var host = new FakeHost { System = fedora }.WithAptGet();

        host.Invoking(h => h.Provision([Make])).Should().Throw<BuildException>()
            .Which.Message.Should().Contain("'make'").And.Contain("Fedora Linux 42").And.Contain("package manager")
            .And.NotContain("sudo");
        host.Calls.Should().BeEmpty();
    }

    [Fact]
    public void A_missing_tool_that_no_package_brings_stops_before_anything_is_installed()
    {
        using var host = new FakeHost().WithAptGet();

        host.Invoking(h => h.Provision([Make, Own])).Should().Throw<BuildException>()
            .Which.Message.Should().Contain("'/nowhere/bin/arm-gcc'").And.Contain("correct '--cross-compile-arm'")
            .And.Contain("make-package");
        host.Calls.Should().BeEmpty();
    }

    [Fact]
    public void What_else_would_do_is_said_with_the_package()
    {
        using var host = new FakeHost();

        host.Invoking(h => h.Provision([Make with { Remedy = "another make does as well." }], mayInstall: false))
            .Should().Throw<BuildException>()
            .Which.Message.Should().Contain("For 'make': another make does as well.").And.Contain("install -y").And
            .Contain("make-package");
    }

    [Fact]
    public void What_the_distribution_does_not_have_is_a_verdict_with_what_apt_get_said()
    {
        using var host = new FakeHost().WithAptGet(
            "[ $1 = update ] || { echo 'E: Unable to locate package cargo-web' >&2; exit 100; }");
        var installer = new PackageInstaller(
            new AptGet(host.Runner, host.Environment, host.System, new RecordedLog().Logger), Verdict.Good, host.LogFile);

        installer.TryInstall(["cargo-web"]).Reason.Should().Contain("E: Unable to locate package");
    }

    static HostSystem Debian(bool isRoot) => new("Debian GNU/Linux 12", IsDebianLike: true, isRoot);
}
