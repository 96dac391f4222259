using L4ReMusl.Foundation.Files;
using L4ReMusl.Layout;
using L4ReMusl.Root;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Root;

public sealed class RootFsVerifierTests : IDisposable
{
    const string HostPath = "/home/somebody/l4re-musl";

    readonly TempFolder temp = new();

    public RootFsVerifierTests()
    {
        var layout = new BuildLayout(RepositoryRoot.Path, temp["cache"]);
        var root = new RootFsWriter(temp.Path);
        new RootSkeleton(layout.RootSkeleton, PermissionTable.Read(layout.RootPermissions))
            .Write(root, RootSkeleton.Values(ArchitectureCatalogue.Arm64, "1.2.5", []));
        foreach (var architecture in ArchitectureCatalogue.All)
            root.AddFile(architecture.Interpreter, "a loader"u8.ToArray(), FileModes.Program);
        root.Finish(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void The_skeleton_of_the_repository_keeps_all_rules() => Violations().Should().BeEmpty();

    [Fact]
    public void All_violations_are_in_one_error()
    {
        Directory.Delete(temp["opt"]);
        Directory.Delete(temp["srv"]);

        Verifier.Invoking(verifier => verifier.Verify(temp.Path)).Should().Throw<BuildException>()
            .WithMessage("*arm64 breaks its rules in 2 places*config/lsb_root*/opt: *FHS*/srv: *FHS*");
    }

    [Theory]
    [InlineData("etc/shadow", "644", "/etc/shadow: has the mode 0644, but must have 0640")]
    [InlineData("root", "755", "/root: has the mode 0755, but must have 0700")]
    [InlineData("etc/motd", "4755", "/etc/motd: must not be set-user-ID or set-group-ID")]
    [InlineData("etc/motd", "2755", "/etc/motd: must not be set-user-ID or set-group-ID")]
    [InlineData("etc/motd", "664", "/etc/motd: must be writable only by its owner")]
    [InlineData("srv", "777", "/srv: must be writable only by its owner")]
    public void Unsafe_modes_are_found(string path, string mode, string violation)
    {
        File.SetUnixFileMode(temp[path], (UnixFileMode)Convert.ToInt32(mode, 8));

        Violations().Should().ContainSingle().Which.Should().StartWith(violation);
    }

    [Theory]
    [InlineData("usr/lib/a", "/lib/b", "is an absolute link to /lib/b")]
    [InlineData("usr/lib/a", "../../../lib", "leaves the root")]
    [InlineData("usr/lib/a", "../../lib/b", "which does not exist")]
    [InlineData("usr/lib/a", "a", "which does not exist")]
    public void Bad_links_are_found(string path, string target, string violation)
    {
        File.CreateSymbolicLink(temp[path], target);

        Violations().Should().ContainSingle().Which.Should().StartWith("/usr/lib/a: ").And.Contain(violation);
    }

    [Fact]
    public void A_link_to_what_is_mounted_later_is_fine()
    {
        File.CreateSymbolicLink(temp["etc", "resolv.conf"], "../run/resolv.conf");

        Violations().Should().BeEmpty();
    }

    [Fact]
    public void An_ELF_file_that_fits_is_fine()
    {
        File.WriteAllBytes(temp["usr", "lib", "libx.so"], TinyElf.Make(interpreter: null, needed: "libc.so"));
        File.WriteAllBytes(temp["usr", "bin", "program"], TinyElf.Make(needed: "libx.so"));

        Violations().Should().BeEmpty();
    }

    public static TheoryData<byte[], string> BadPrograms => new()
    {
        { TinyElf.Make(machine: 62), "is for the machine X8664, not AArch64" },
        { TinyElf.Make(interpreter: "/lib/ld-linux-aarch64.so.1"), "needs the loader /lib/ld-linux-aarch64.so.1" },
        { TinyElf.Make(needed: "libx.so"), "needs the library libx.so, which is not in /lib, /usr/local/lib, /usr/lib" },
        { TinyElf.Make(runPath: "/opt/lib"), "must not have a library path (RPATH or RUNPATH), but has /opt/lib" },
        { TinyElf.Make()[..100], "'/usr/bin/program' is damaged" },
    };

    [Theory]
    [MemberData(nameof(BadPrograms))]
    public void A_program_that_cannot_run_is_found(byte[] program, string violation)
    {
        File.WriteAllBytes(temp["usr", "bin", "program"], program);

        Violations().Should().ContainSingle().Which.Should().StartWith("/usr/bin/program: ").And.Contain(violation);
    }

    [Fact]
    public void A_loader_that_cannot_be_executed_is_found()
    {
        File.WriteAllBytes(temp["usr", "bin", "program"], TinyElf.Make(needed: "libc.so"));
        File.SetUnixFileMode(temp["lib", ArchitectureCatalogue.Arm64.Loader], FileModes.File);

        Violations().Should().ContainSingle().Which.Should().Be(
            "/usr/bin/program: needs the loader /lib/ld-musl-aarch64.so.1, which is not a file that everyone may execute");
    }

    [Fact]
    public void A_missing_loader_is_found()
    {
        File.WriteAllBytes(temp["usr", "bin", "program"], TinyElf.Make(needed: "libc.so"));
        File.Delete(temp["lib", ArchitectureCatalogue.Arm64.Loader]);

        Violations()
            .Should().ContainSingle()
            .Which.Should().Be("/usr/bin/program: needs the loader /lib/ld-musl-aarch64.so.1, which is missing");
    }

    [Fact]
    public void Libraries_are_looked_for_where_the_loader_does()
    {
        temp.Write("etc/ld-musl-aarch64.path", "/opt/lib:/srv\n");
        temp.Write("opt/lib/libx.so", "");
        File.WriteAllBytes(temp["usr", "bin", "program"], TinyElf.Make(needed: "libx.so"));

        Violations().Should().BeEmpty();
    }

    [Fact]
    public void A_program_with_the_wrong_floating_point_ABI_is_found()
    {
        File.WriteAllBytes(temp["usr", "bin", "program"], TinyElf.Make(machine: 40, interpreter: "/lib/ld-musl-armhf.so.1"));

        new RootFsVerifier(ArchitectureCatalogue.Arm, []).Violations(temp.Path).Should().ContainSingle()
            .Which.Should().Be("/usr/bin/program: has the floating-point ABI 'Soft', not 'Hard'");
    }

    [Fact]
    public void A_path_of_the_building_machine_is_found()
    {
        File.WriteAllText(temp["etc", "motd"], $"\0made in {HostPath}/out\0");

        Violations()
            .Should().ContainSingle().Which.Should().Be($"/etc/motd: contains the path {HostPath} of the build machine");
    }

    [Theory]
    [InlineData("etc/passwd", "bin:x:1:", "bin:x:0:", "the id '0' appears twice")]
    [InlineData("etc/passwd", "bin:x:1:1:", "bin:x:1:77:", "the group 77 of bin is not in /etc/group")]
    [InlineData("etc/passwd", ":/root:", ":/home/root:", "the home folder /home/root of root does not exist")]
    [InlineData("etc/passwd", "/root:/sbin/nologin", "/root:/bin/sh", "the shell '/bin/sh' of root does not exist")]
    [InlineData("etc/passwd", "root:x:", "root::", "the password of root must be 'x'")]
    [InlineData("etc/passwd", "nobody:x:65534", "nobody:x:many", "'many' is not a valid user id for nobody")]
    [InlineData("etc/passwd", ":bin:/bin:", ":/bin:", "must have 7 fields")]
    [InlineData("etc/group", "bin:x:1:daemon", "bin:x:1:somebody", "the member somebody of bin is not in /etc/passwd")]
    [InlineData("etc/group", "disk:", "tty:", "the name 'tty' appears twice")]
    [InlineData("etc/shadow", "root:*", "root:", "root can log in without a password")]
    [InlineData("etc/shadow", "bin:*:::::::\n", "", "has no line for bin")]
    [InlineData("etc/shadow", "bin:*", "somebody:*", "somebody is not in /etc/passwd")]
    [InlineData("etc/shells", "#", "/bin/sh\n#", "the shell /bin/sh does not exist")]
    [InlineData("usr/lib/os-release", "VERSION_ID=1.2.5", "", "has no VERSION_ID")]
    [InlineData("usr/lib/os-release", "\nID=l4re-musl", "\nID=", "has no ID")]
    [InlineData("etc/lsb-release", "DISTRIB_ID", "LSB_VERSION=5.0\nDISTRIB_ID", "sets LSB_VERSION")]
    public void Wrong_system_files_are_found(string file, string text, string replacement, string violation)
    {
        var content = File.ReadAllText(temp[file]);
        content.Should().Contain(text);
        File.WriteAllText(temp[file], content.Replace(text, replacement, StringComparison.Ordinal));

        Violations().Should().Contain(line => line.Contains(violation, StringComparison.Ordinal));
    }

    [Fact]
    public void An_existing_and_listed_shell_is_fine()
    {
        File.SetUnixFileMode(temp.Write("bin/sh", "#!"), (UnixFileMode)Convert.ToInt32("755", 8));
        File.WriteAllText(temp["etc", "shells"], "/bin/sh\n");
        File.WriteAllText(
            temp["etc", "passwd"], File.ReadAllText(temp["etc", "passwd"]).Replace("/root:/sbin/nologin", "/root:/bin/sh"));

        Violations().Should().BeEmpty();
    }

    public void Dispose() => temp.Dispose();

    static RootFsVerifier Verifier => new(ArchitectureCatalogue.Arm64, [HostPath, "/etc"]);

    IReadOnlyList<string> Violations() => Verifier.Violations(temp.Path);
}
