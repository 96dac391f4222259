using L4ReMusl.Foundation.Files;
using L4ReMusl.Root;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Root;

public sealed class RootSkeletonTests : IDisposable
{
    static readonly DateTimeOffset Time = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    readonly TempFolder temp = new();

    [Fact]
    public void Files_get_the_modes_of_the_table_and_the_usual_ones_otherwise()
    {
        temp.Write("skeleton/etc/shadow", "root:*:::::::\n");
        File.SetUnixFileMode(temp.Write("skeleton/etc/hostname", "here\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Write("/etc/shadow f 0640\n/tmp d 1777\n/proc d 0555\n/var/run l - ../run\n");

        FileTree.List(temp["root"]).Select(entry => entry.LinkTarget ?? $"{entry.Path} {Convert.ToString((int)entry.Mode, 8)}")
            .Should().Equal(
            "etc 755", "etc/hostname 644", "etc/shadow 640", "proc 555", "tmp 1777", "var 755", "../run");
    }

    [Fact]
    public void A_device_gets_a_folder_and_no_file()
    {
        Directory.CreateDirectory(temp["skeleton"]);

        Write("/dev/net/tun c 0666 10:200\n");

        FileTree.List(temp["root"]).Select(entry => entry.Path).Should().Equal("dev", "dev/net");
    }

    [Fact]
    public void Everything_gets_the_same_time_links_included()
    {
        temp.Write("skeleton/etc/hostname", "here\n");

        Write("/var/lock l - ../run/lock\n");

        FileTree.List(temp["root"]).Select(entry => File.GetLastWriteTimeUtc(temp["root", entry.Path]))
            .Append(Directory.GetLastWriteTimeUtc(temp["root"])).Should().AllBeEquivalentTo(Time.UtcDateTime);
    }

    [Fact]
    public void A_template_is_filled_in_and_loses_its_ending()
    {
        temp.Write("skeleton/usr/lib/os-release.in", "VERSION_ID=@MUSL_VERSION@\nHOME=user@example.org\n");

        Write("");

        File.ReadAllText(temp["root", "usr", "lib", "os-release"]).Should().Be("VERSION_ID=1.2.5\nHOME=user@example.org\n");
        File.Exists(temp["root", "usr", "lib", "os-release.in"]).Should().BeFalse();
    }

    [Fact]
    public void An_unknown_placeholder_is_an_error_that_names_the_known_ones()
    {
        temp.Write("skeleton/etc/motd.in", "@VERSION@\n");

        FluentActions.Invoking(() => Write(""))
            .Should().Throw<BuildException>().WithMessage("*'etc/motd.in'*@VERSION@*@MUSL_VERSION@*");
    }

    [Fact]
    public void A_line_for_a_missing_file_is_an_error()
    {
        Directory.CreateDirectory(temp["skeleton"]);

        FluentActions.Invoking(() => Write("/etc/shadow f 0640\n"))
            .Should().Throw<BuildException>().WithMessage("*'/etc/shadow'*");
    }

    [Fact]
    public void A_link_in_the_place_of_a_file_is_an_error()
    {
        temp.Write("skeleton/etc/mtab", "");

        FluentActions.Invoking(() => Write("/etc/mtab l - ../proc/mounts\n"))
            .Should().Throw<BuildException>().WithMessage("*'/etc/mtab'*");
    }

    public void Dispose() => temp.Dispose();

    void Write(string table)
    {
        var root = new RootFsWriter(temp["root"]);
        new RootSkeleton(temp["skeleton"], PermissionTable.Parse(table, "table"))
            .Write(root, new Dictionary<string, string> { ["MUSL_VERSION"] = "1.2.5" });
        root.Finish(Time);
    }
}
