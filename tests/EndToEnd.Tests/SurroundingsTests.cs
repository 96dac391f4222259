using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Unusual disks, users and files: each is reported in one sentence, without a stack trace.</summary>
public sealed class SurroundingsTests : IDisposable
{
    static readonly string[] OneArchitecture = ["LsbRoot", "--architectures", "arm64", "--offline"];

    readonly RepositoryCopy copy = new();

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(26)]
    [InlineData(30)]
    public void A_full_disk_is_reported_in_any_stage_and_leaves_nothing_that_a_later_build_would_trust(int mebibytes)
    {
        if (!copy.Program.CanMount)
            return;
        Directory.CreateDirectory(copy.Layout.Output);

        var result = copy.Program.RunWithMounts($"mount -t tmpfs -o size={mebibytes}m full out", OneArchitecture);

        var text = Failure(result);
        text.Should().MatchRegex("(?i)no space left on device");
        copy.Program.RunWithMounts(
            $"mount -t tmpfs -o size={mebibytes}m full out; "
            + $"'{Environment.ProcessPath}' '{BuildProgram.Dll}' {string.Join(' ', OneArchitecture)} > /dev/null 2>&1 && exit 9; "
            + "mount -o remount,size=1g out", OneArchitecture)
            .Succeeded.Should().BeTrue("with room, the build goes on where it ended");
    }

    [Fact]
    public void Results_on_a_read_only_file_system_are_one_sentence_at_once()
    {
        if (!copy.Program.CanMount)
            return;
        Directory.CreateDirectory(copy.Layout.Output);
        File.WriteAllText(OutputLock.PathIn(copy.Layout.Output), ""); // As left by an earlier build.

        var text = Failure(copy.Program.RunWithMounts("mount --bind out out; mount -o remount,bind,ro out", OneArchitecture));

        text.Should().Contain("Read-only file system").And.Contain("must be able to write there").And.NotContain("Another build");
    }

    [Fact]
    public void A_clone_that_the_user_may_not_write_is_one_sentence()
    {
        if (!copy.Program.CanRunAsNobody)
            return;
        File.SetUnixFileMode(copy.Root, FileModesForAll);

        Failure(copy.Program.RunAsNobody("ListPatches")).Should()
            .Contain(Path.Combine(copy.Root, ".nuke")).And.Contain("must be able to write there");
    }

    [Fact]
    public void A_second_user_takes_from_a_cache_what_the_first_one_put_there()
    {
        if (!copy.Program.CanRunAsNobody)
            return;
        using var shared = new TempFolder("a cache ");
        File.SetUnixFileMode(shared.Path, FileModesForAll);
        string[] build = ["Stage", .. OneArchitecture[1..], "--cache-folder", shared.Path];
        FileTree.Copy(Path.Combine(BuildProgram.CacheFolder, "downloads"), shared["downloads"]);
        RepositoryCopy.PrepareCache(shared.Path); // What compilers made is there; the first user puts the rest there.
        Succeed(copy.Program.Run(build)).Should().Contain("stage-arm64: made, ");
        using var second = new RepositoryCopy();
        Tools.OfHost.Run(new ToolInvocation("chown", "-R", "65534:65534", second.Root)).OrThrow("give the clone away");
        Tools.OfHost.Run(new ToolInvocation("chmod", "-R", "go=rX", shared.Path)).OrThrow("open the cache");

        var text = Succeed(second.Program.RunAsNobody(build));
        foreach (var stage in (string[])["source-musl", "compile-arm64", "stage-arm64"])
            text.Should().Contain($"{stage}: from the cache");
        text.Should().NotContain("[WRN]");

        // Results that cannot be cached are made all the same.
        RepositoryCopy.PrepareCache(shared.Path, withCompiled: false);
        FileTree.Delete(second.Layout.Output);
        Succeed(second.Program.RunAsNobody(build)).Should()
            .Contain("could not be kept in").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("mkfifo config/lsb_root/p", "config/lsb_root/p' is a FIFO")]
    [InlineData("truncate -s 3G config/lsb_root/large", "config/lsb_root/large' has 3221225472 bytes")]
    [InlineData("mkfifo patches/musl/1.2.5/p config/prefix/bin/p", "config/prefix/bin/p' is a FIFO")]
    public void An_odd_file_is_named_at_once_by_the_run_and_does_not_stop_the_plan(string command, string told)
    {
        Tools.OfHost.Run(new ToolInvocation("sh", "-c", command) { WorkingDirectory = copy.Root }).OrThrow("make the odd file");

        Failure(copy.Program.Run(OneArchitecture)).Should().Contain(told);
        Succeed(copy.Program.Run([.. OneArchitecture, "--plan"]));
    }

    [Fact]
    public void A_declared_device_node_is_in_every_image()
    {
        using var built = new RepositoryCopy().WithOutput();
        File.AppendAllText(built["config", "lsb_root.permissions"], "/dev/console c 0600 5:1\n");

        Succeed(built.Program.Run([.. OneArchitecture, "--image-formats", "ext4", "squashfs", "cpio.gz", "tar"]));

        var manifests = Directory.GetFiles(built.Layout.Images, "lsb_root-arm64*.mtree");
        manifests.Should().HaveCount(4);
        foreach (var manifest in manifests)
        {
            File.ReadAllText(manifest).Should().Contain("./dev/console type=char mode=0600 uid=0 gid=0 ")
                .And.Contain("device=linux,5,1\n");
        }

        File.Exists(Path.Combine(built.Layout.RootFs(ArchitectureCatalogue.Arm64), "dev", "console")).Should().BeFalse();
    }

    public void Dispose() => copy.Dispose();

    const UnixFileMode FileModesForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    static string Failure(ToolResult result)
    {
        var text = BuildProgram.Text(result);
        result.ExitCode.Should().NotBe(0, text);
        text.Should().NotContain("   at ", "no user reads a stack trace")
            .And.NotContain("Unhandled").And.NotContain("A defect of this build");
        return text;
    }

    static string Succeed(ToolResult result)
    {
        var text = BuildProgram.Text(result);
        result.ExitCode.Should().Be(0, text);
        return text;
    }
}
