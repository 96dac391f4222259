using L4ReMusl.Machines;
using L4ReMusl.Settings;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Machines;

/// <summary>The Linux kernel's headers among those of a cross compiler's libc.</summary>
public sealed class KernelHeadersTests : IDisposable
{
    readonly TempFolder temp = new();

    KernelHeaders Headers => new(temp["include"], "linux-libc-dev-x-cross");

    [Fact]
    public void They_are_told_from_those_of_a_libc_in_the_same_folder()
    {
        Write("linux/version.h", "asm/unistd.h", "linux/can/bcm.h", "scsi/fc/fc_els.h"); // The kernel's.
        Write("stdio.h", "sys/kd.h", "bits/types.h", "scsi/sg.h", "c++/12/map", "linux/README");

        Headers.Files.Should().Equal("asm/unistd.h", "linux/can/bcm.h", "linux/version.h", "scsi/fc/fc_els.h");
    }

    [Fact]
    public void What_is_already_there_is_kept_and_all_have_the_mode_of_files()
    {
        Write("linux/version.h", "asm/unistd.h");
        File.SetUnixFileMode(temp["include", "asm", "unistd.h"], (UnixFileMode)0b110_000_000);
        temp.Write("prefix/linux/version.h", "own");

        Headers.CopyTo(temp["prefix"]);

        File.ReadAllText(temp["prefix", "linux", "version.h"]).Should().Be("own");
        File.GetUnixFileMode(temp["prefix", "asm", "unistd.h"]).Should().Be((UnixFileMode)0b110_100_100);
    }

    [Theory]
    [InlineData(393476, "6.1.4")]
    [InlineData(330495, "5.10.255")]
    public void Their_version_is_in_the_form_of_releases(int code, string version)
    {
        temp.Write("include/linux/version.h", $"#define LINUX_VERSION_CODE {code}\n#define KERNEL_VERSION(a,b,c) 0\n");

        Headers.Version.Should().Be(version);
    }

    [Fact]
    public void A_change_of_any_of_them_is_a_change()
    {
        Write("linux/version.h", "asm/unistd.h");
        var before = Headers.Identity;

        temp.Write("include/asm/unistd.h", "changed");

        Headers.Identity.Should().NotBe(before);
    }

    [Fact]
    public void If_they_are_missing_the_message_names_their_package()
    {
        Headers.Identity.Should().Be("none");
        Headers.Invoking(headers => headers.CopyTo(temp["prefix"])).Should().Throw<BuildException>()
            .WithMessage($"The kernel's headers are not in {temp["include"]}; install the package 'linux-libc-dev-x-cross'.");
    }

    [Fact]
    public void An_architecture_whose_file_does_not_name_them_is_refused_only_if_they_are_asked_for()
    {
        var parser = new SettingsParser([ArchitectureCatalogue.Arm64 with { KernelHeaders = null }]);

        parser.Parse(new RawSettings()).Architectures.Should().ContainSingle();
        parser.Invoking(it => it.Parse(new RawSettings((Parameters.KernelHeaders, "true"))))
            .Should().Throw<BuildException>().WithMessage(
                "The file of arm64 in config/architectures does not name the kernel's headers, which prefixes with "
                + "--kernel-headers need; add them, or leave that out.");
    }

    public void Dispose() => temp.Dispose();

    void Write(params string[] files)
    {
        foreach (var file in files)
            temp.Write($"include/{file}", file);
    }
}
