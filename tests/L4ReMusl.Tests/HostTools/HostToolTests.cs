using System.Diagnostics;
using L4ReMusl.Components;
using L4ReMusl.Goals;
using L4ReMusl.HostTools;
using L4ReMusl.Images;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.HostTools;

public sealed class HostToolTests
{
    [Theory]
    [InlineData("arm-linux-gnueabihf-gcc (Debian 12.2.0-14) 12.2.0\nCopyright (C) 2022", "12.2.0")]
    [InlineData("aarch64-linux-gnu-gcc (GCC) 14.1.1 20240507 (Red Hat Cross 14.1.1-1)", "14.1.1")]
    [InlineData("GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu", "4.3")]
    [InlineData("mke2fs 1.47.0 (5-Feb-2023)\n\tUsing EXT2FS Library version 1.47.0", "1.47.0")]
    [InlineData("qemu-arm version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)", "7.2.22")]
    [InlineData("gpg (GnuPG) 2.2.40\nlibgcrypt 1.10.1", "2.2.40")]
    [InlineData("1.8.1\n", "1.8.1")]
    [InlineData("cmake version 3.25.1", "3.25.1")]
    [InlineData("v20.20.2", "20.20.2")]
    [InlineData("no number here", null)]
    [InlineData("", null)]
    public void The_version_is_found_in_a_tool_s_output(string text, string? version) =>
        ToolVersion.Find(text).Should().Be(version);

    [Fact]
    public void Only_what_the_selected_work_needs_is_asked_for()
    {
        Names(ToolNeed.Compile).Should().BeEquivalentTo("arm-linux-gnueabihf-gcc", "aarch64-linux-gnu-gcc", "make", "git");
        Names(ToolNeed.Image).Should().BeEquivalentTo("mke2fs", "e2fsck", "debugfs");
        Names(ToolNeed.SelfTest).Should().BeEquivalentTo("qemu-arm", "qemu-aarch64");
        Names(ToolNeed.Test).Should().Contain(["pkg-config", "cmake", "meson", "ninja"]);
        Names(ToolNeed.Kernel).Should().BeEquivalentTo("apt-get", "dpkg-deb", "/usr/share/keyrings/debian-archive-keyring.gpg");
        Names(ToolNeed.Boot).Should().BeEquivalentTo("qemu-system-arm", "qemu-system-aarch64");
        Names(ToolNeed.Signature).Should().Equal("gpg");
        Names(ToolNeed.Rust)
            .Should().BeEquivalentTo("cargo", "rustc", "xz", "apt-get", "/usr/share/keyrings/debian-archive-keyring.gpg");
        Names(ToolNeed.RustTest).Should().BeEquivalentTo("qemu-arm", "qemu-aarch64");
        Names().Should().BeEmpty();
    }

    [Fact]
    public void A_tool_that_several_kinds_of_work_need_is_listed_once_and_optional_only_if_it_is_for_all()
    {
        var tools = HostToolCatalogue.For(new ToolSelection([], [ToolNeed.Kernel, ToolNeed.Rust]));

        tools.Select(tool => tool.Name).Should().OnlyHaveUniqueItems();
        tools.Single(tool => tool.Name == "apt-get")
            .Should().BeEquivalentTo(new { NeededFor = "kernel, rust", IsOptional = false });
        HostToolCatalogue.For(new ToolSelection([], [ToolNeed.Rust]))
            .Single(tool => tool.Name == "apt-get").IsOptional.Should().BeTrue();
    }

    [Fact]
    public void A_component_brings_its_own_needs()
    {
        var catalogue = new ComponentCatalogue(Path.Combine(RepositoryRoot.Path, "config", "components"));
        var selection = new ToolSelection([ArchitectureCatalogue.Arm], [ToolNeed.Component]);

        HostToolCatalogue.For(selection with { Components = catalogue.Select(["busybox", "bash"]) }).Select(tool => tool.Name)
            .Should().BeEquivalentTo(
            "make", "gcc", "/usr/include/stdio.h", "bzip2", "xz", "/usr/arm-linux-gnueabihf/include/linux/version.h");
        HostToolCatalogue.For(selection).Select(tool => tool.Name).Should().Equal("make");
    }

    [Fact]
    public void A_prefix_with_the_kernels_headers_needs_those_of_the_selected_architectures()
    {
        var selection = new ToolSelection([ArchitectureCatalogue.Arm], [ToolNeed.Compile]);

        HostToolCatalogue.For(selection with { KernelHeaders = true }).Select(tool => tool.Package)
            .Should().BeEquivalentTo("gcc-arm-linux-gnueabihf", "make", "git", "linux-libc-dev-armhf-cross");
        HostToolCatalogue.For(selection).Select(tool => tool.Package).Should().NotContain("linux-libc-dev-armhf-cross");
    }

    [Fact]
    public void Only_the_selected_architectures_count() =>
        HostToolCatalogue.For(new ToolSelection([ArchitectureCatalogue.Arm64], [ToolNeed.Compile, ToolNeed.SelfTest]))
            .Select(tool => tool.Package).Should().BeEquivalentTo("gcc-aarch64-linux-gnu", "make", "git", "qemu-user");

    [Fact]
    public void Only_with_Cxx_its_compiler_and_what_unpacks_its_library_are_needed()
    {
        var selection = new ToolSelection([ArchitectureCatalogue.Arm64], [ToolNeed.Compile]);
        var own = new Dictionary<string, string> { ["arm64"] = "/opt/a-" };

        var others = HostToolCatalogue.For(selection).Select(tool => tool.Name);
        HostToolCatalogue.For(selection with { HasCxx = true }).ExceptBy(others, tool => tool.Name)
            .Select(tool => tool.Package).Should()
            .BeEquivalentTo("g++-aarch64-linux-gnu", "xz-utils", "apt", "dpkg", "debian-archive-keyring");
        HostToolCatalogue.For(selection with { HasCxx = true, OwnPrefixes = own })
            .Single(tool => tool.Name == "/opt/a-g++").Remedy.Should().Contain("'/opt/a-gcc'").And.Contain("--languages");
    }

    [Theory]
    [InlineData("ext4", "mke2fs", "e2fsck", "debugfs")]
    [InlineData("squashfs", "mksquashfs", "unsquashfs")]
    [InlineData("cpio.gz")]
    [InlineData("tar")]
    public void Only_the_selected_image_formats_count_but_the_tests_try_all(string name, params string[] tools)
    {
        var selection = new ToolSelection([], [ToolNeed.Image])
        {
            ImageFormats = [ImageFormatCatalogue.All.Single(format => format.Name == name)],
        };

        HostToolCatalogue.For(selection).Select(tool => tool.Name).Should().BeEquivalentTo(tools);
        HostToolCatalogue.For(selection with { Needs = [ToolNeed.Test] }).Select(tool => tool.Name)
            .Should().Contain(["mke2fs", "e2fsck", "debugfs", "mksquashfs", "unsquashfs", "cpio"]);
    }

    [Fact]
    public void A_tool_says_which_of_the_selected_work_needs_it() =>
        HostToolCatalogue
            .For(new ToolSelection([ArchitectureCatalogue.Arm], [ToolNeed.Compile, ToolNeed.SelfTest, ToolNeed.Test]))
            .Single(tool => tool.Name == "qemu-arm").NeededFor.Should().Be("self-test, test");

    [Fact]
    public void An_own_prefix_replaces_the_usual_ones_and_has_no_package()
    {
        var selection = new ToolSelection(ArchitectureCatalogue.All, [ToolNeed.Compile])
        {
            OwnPrefixes = new Dictionary<string, string> { ["arm"] = "/opt/arm/bin/arm-linux-" },
        };

        var tool = HostToolCatalogue.For(selection)[0];

        tool.Programs.Should().Equal("/opt/arm/bin/arm-linux-gcc");
        tool.Package.Should().BeNull();
        tool.Remedy.Should().Contain("--cross-compile-arm /opt/arm/bin/arm-linux-");
    }

    [Theory]
    [InlineData("nowhere-", "")]
    [InlineData("/opt/cross/bin/", "")]
    [InlineData("aarch64-linux-gnu", " Did you mean 'aarch64-linux-gnu-', with a dash at its end?")]
    public void A_wrong_tool_prefix_is_told_in_the_same_words_by_all_that_find_it(string prefix, string question)
    {
        using var host = new FakeHost();
        var selection = new ToolSelection([ArchitectureCatalogue.Arm64], [ToolNeed.Compile])
        {
            OwnPrefixes = new Dictionary<string, string> { ["arm64"] = prefix },
        };
        var words = $"correct '--cross-compile-arm64 {prefix}' or CROSS_COMPILE_ARM64, "
            + "which must be what the names of the tools begin with; "
            + $"or leave it out, and install the package 'gcc-aarch64-linux-gnu'.{question}";

        var provisioner = FluentActions.Invoking(() => host.Provision([HostToolCatalogue.For(selection)[0]]))
            .Should().Throw<BuildException>().Which.Message;
        var locator = FluentActions.Invoking(() => new ToolchainLocator(host.Runner).Locate(ArchitectureCatalogue.Arm64, prefix))
            .Should().Throw<BuildException>().Which.Message;

        provisioner.Should().EndWith($"For '{prefix}gcc': {words}");
        locator.Should().Be($"There is no C compiler '{prefix}gcc' for arm64: {words}");
    }

    [Theory]
    [InlineData("ccache", "ccache")]
    [InlineData("/opt/launcher", null)]
    public void The_compiler_launcher_is_a_tool_too(string launcher, string? package) =>
        HostToolCatalogue.For(new ToolSelection([], [ToolNeed.Compile]) { CompilerLauncher = launcher })
            .Single(tool => tool.Name == launcher).Package.Should().Be(package);

    [Fact]
    public void Any_of_the_usual_prefixes_will_do()
    {
        using var host = new FakeHost().WithVersion("second-gcc", "second-gcc (X) 13.1");

        var status = host.Inventory.Inspect([new HostTool(["first-gcc", "second-gcc"], "gcc", [ToolNeed.Compile])]).Single();

        status.Should().BeEquivalentTo(new { Path = host.PathOf("second-gcc"), Version = "13.1", IsMissing = false });
    }

    [Fact]
    public void A_file_to_read_is_there_or_not_and_has_no_version()
    {
        using var temp = new TempFolder();
        HostTool[] tools = [Tool(temp.Write("key", "")) with { IsData = true }, Tool(temp["other"]) with { IsData = true }];

        new HostInventory(Tools.OfHost).Inspect(tools).Select(status => (status.Path, status.Version))
            .Should().Equal((temp["key"], null), (null, null));
    }

    [Fact]
    public void A_version_may_come_on_standard_error_and_with_a_failing_exit_code()
    {
        using var host = new FakeHost().With("tool", "echo 'tool 1.47.0 (2023)' >&2; exit 1");

        host.Inventory.Inspect([Tool("tool")]).Single().Version.Should().Be("1.47.0");
    }

    [Fact]
    public void A_tool_that_hangs_is_there_without_a_version()
    {
        using var host = new FakeHost().With("tool", "exec /bin/sleep 60");
        var inventory = new HostInventory(host.Runner) { VersionTimeout = TimeSpan.FromMilliseconds(200) };
        var time = Stopwatch.StartNew();

        var status = inventory.Inspect([Tool("tool")]).Single();

        status.Should().BeEquivalentTo(new { Path = host.PathOf("tool"), Version = (string?)null, State = "there" });
        time.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void The_table_has_a_line_for_each_tool_and_distinguishes_missing_from_optional()
    {
        using var host = new FakeHost().WithVersion("make", "GNU Make 4.3");
        var tools = host.Inventory.Inspect(
        [
            new HostTool(["make"], "make", [ToolNeed.Compile, ToolNeed.Test]),
            new HostTool(["none-of-this"], "none-package", [ToolNeed.Image]),
            new HostTool(["none-of-that"], "that-package", [ToolNeed.Signature]) { IsOptional = true },
        ]);

        var lines = ToolTable.Render(tools).Split(Environment.NewLine);

        lines.Should().HaveCount(5);
        lines[2].Should().MatchRegex($"^make +4.3 +there +make +compile, test +{host.PathOf("make")}$");
        lines[3].Should().MatchRegex("^none-of-this +- +MISSING +none-package +image +-$");
        lines[4].Should().MatchRegex("^none-of-that +- +not there +that-package +signature \\(optional\\) +-$");
    }

    [Fact]
    public void Real_tools_of_this_host_say_their_versions() =>
        new HostInventory(Tools.OfHost) { VersionTimeout = TimeSpan.FromSeconds(30) }
            .Inspect(HostToolCatalogue.For(new ToolSelection(ArchitectureCatalogue.All, Enum.GetValues<ToolNeed>())))
            .Where(status => status is { Path: not null, Tool: { IsData: false, VersionArguments: not null } })
            .Should().NotBeEmpty()
            .And.OnlyContain(status => status.Version != null && char.IsAsciiDigit(status.Version[0]));

    [Theory]
    [InlineData("ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"", "Debian GNU/Linux 12 (bookworm)", true)]
    [InlineData("NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"", "Linux Mint", true)]
    [InlineData("ID=pop\nID_LIKE='ubuntu'", "this system", true)]
    [InlineData("NAME=Fedora\nID=fedora", "Fedora", false)]
    [InlineData("NAME=NotDebian\nID=notdebian", "NotDebian", false)]
    [InlineData("", "this system", false)]
    public void Debian_and_its_derivatives_are_recognized_by_os_release(string osRelease, string name, bool isDebianLike) =>
        HostSystem.Parse(osRelease, isRoot: false).Should().Be(new HostSystem(name, isDebianLike, IsRoot: false));

    static HostTool Tool(string name) => new([name], "package", [ToolNeed.Compile]);

    static IEnumerable<string> Names(params ToolNeed[] needs) =>
        HostToolCatalogue.For(new ToolSelection(ArchitectureCatalogue.All, needs)).Select(tool => tool.Name);
}
