using L4ReMusl.Boot;
using L4ReMusl.Components;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Images;
using L4ReMusl.Layout;
using L4ReMusl.Machines;
using L4ReMusl.Sources;
using L4ReMusl.Stages;
using L4ReMusl.Tests.Debian;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Boot;

public sealed class BootSetTests(DebianArchive archive) : IClassFixture<DebianArchive>, IDisposable
{
    readonly TempFolder temp = new("boot sets, in here ");

    [Fact]
    public void It_has_what_booting_takes_and_its_sums_are_right()
    {
        var set = Make("set");

        FileTree.List(set).Select(entry => $"{entry.Path} {Convert.ToString((int)entry.Mode, 8)}").Should().Equal(
            "SHA256SUMS 644", "cmdline 644", "kernel 644", "kernel.txt 644", "lsb_root.img 644", "run 755");
        File.ReadAllText(Path.Combine(set, "kernel")).Should().Be(DebianArchive.ContentOf("6.1.1-1"));
        File.ReadAllText(Path.Combine(set, "lsb_root.img")).Should().Be("image");
        File.ReadAllText(Path.Combine(set, "cmdline"))
            .Should().Be("console=ttyAMA0 panic=-1 root=/dev/nvme0n1 rootfstype=ext4 ro\n");
        File.ReadAllText(Path.Combine(set, "kernel.txt")).Should().Contain(Fingerprint.Sha256OfFile(archive.FileOf("6.1.1-1")))
            .And.Contain(Fingerprint.Sha256OfFile(archive.Index)).And.NotContain("@");
        Tools.OfHost.Run(new ToolInvocation("sha256sum", "--check", "--strict", "SHA256SUMS") { WorkingDirectory = set })
            .OrThrow("check the sums")
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(5);
    }

    [Fact]
    public void It_is_the_same_in_any_folder_and_contains_no_path()
    {
        var (one, other) = (Make("one"), Make("other"));

        FileTree.ContentHash(one).Should().Be(FileTree.ContentHash(other));
        FileTree.List(one).Select(entry => File.ReadAllText(Path.Combine(one, entry.Path)))
            .Should().NotContain(text => text.Contains(temp.Path));
    }

    [Fact]
    public void An_image_format_that_is_not_made_is_named()
    {
        var stage = Stage(ArchitectureCatalogue.Arm64, "set", null);
        Kernels.Fetch(ArchitectureCatalogue.Arm64.Emulation!);

        Action[] attempts =
        [
            () => _ = stage.Inputs,
            () => BootSetStage.Validate([ArchitectureCatalogue.Arm64], ["cpio.gz", "tar"], WithInit),
        ];
        foreach (var attempt in attempts)
            attempt.Should().Throw<BuildException>().WithMessage("*arm64*add 'ext4' to --image-formats*");
        FluentActions.Invoking(() => BootSetStage.Validate([ArchitectureCatalogue.Arm64 with { Emulation = null }], [], WithInit))
            .Should().Throw<BuildException>()
            .WithMessage("*arm64 cannot be booted*--architectures*");
    }

    [Fact]
    public void Without_an_init_nothing_boots() =>
        FluentActions.Invoking(() => BootSetStage.Validate([ArchitectureCatalogue.Arm64], ["ext4"], []))
            .Should().Throw<BuildException>().WithMessage("*init*busybox*--components*");

    [Fact]
    public void The_usual_image_formats_are_those_that_boot_sets_need()
    {
        var usual = ImageFormatCatalogue.Default.Select(format => format.Name);

        FluentActions.Invoking(() => BootSetStage.Validate(ArchitectureCatalogue.All, usual, WithInit)).Should().NotThrow();
    }

    [Fact]
    public void The_script_starts_the_emulator_in_its_own_folder_wherever_it_is_called_from()
    {
        var set = Make("a set, with commas");
        Directory.CreateDirectory(temp["elsewhere"]);
        File.CreateSymbolicLink(temp["elsewhere", "second"], Path.Combine("..", Path.GetRelativePath(temp.Path, set), "run"));
        File.CreateSymbolicLink(temp["elsewhere", "first link"], "second");
        var emulator = Emulator("printf '%s\\n' \"$PWD\" \"$@\"; exit 7");

        var result = Run(temp["elsewhere", "first link"], emulator, "-m 1024", "quiet", "init=/bin/sh");

        result.ExitCode.Should().Be(7);
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            set, "-M", "virt", "-cpu", "cortex-a57", "-m", "512", "-nographic", "-no-reboot", "-nic", "none", "-kernel", "kernel",
            "-drive", "if=none,id=root,file=lsb_root.img,format=raw,snapshot=on", "-device", "nvme,drive=root,serial=root",
            "-append", "console=ttyAMA0 panic=-1 root=/dev/nvme0n1 rootfstype=ext4 ro quiet init=/bin/sh", "-m", "1024");
    }

    [Fact]
    public void With_images_of_L4Re_there_is_a_second_script_that_starts_them()
    {
        temp.Write("l4re/musl-vm.elf", "");
        temp.Write("l4re/other image.elf", "");
        var set = Make("set", l4re: temp["l4re"]);
        var script = Path.Combine(set, "run-l4re");
        Directory.CreateDirectory(temp["elsewhere"]);
        File.CreateSymbolicLink(temp["elsewhere", "run"], Path.Combine("..", Path.GetRelativePath(temp.Path, script)));
        var emulator = Emulator("printf '%s|' \"$PWD\" \"$@\"; echo; exit 7");

        FileTree.List(set).Select(entry => $"{entry.Path} {Convert.ToString((int)entry.Mode, 8)}").Should()
            .Contain(["musl-vm.elf 644", "other image.elf 644", "run 755", "run-l4re 755"]);
        var machine = $"{set}|-M|virt,virtualization=true,gic-version=3|-cpu|cortex-a57|-m|1024|-nographic|-no-reboot|-nic|none";
        Run(script, emulator).Output.Should().Be($"{machine}|-kernel|musl-vm.elf|\n");
        Run(temp["elsewhere", "run"], emulator, "-smp 2", "other image").Should().Match<ToolResult>(
            result => result.ExitCode == 7 && result.Output == $"{machine}|-kernel|other image.elf|-smp|2|\n");
        Run(Path.Combine(set, "run"), emulator, "", "quiet").Output.Should().Contain("|-kernel|kernel|").And.Contain(" quiet|\n");
        Run(script, emulator, "", "nothing").Should().Match<ToolResult>(result => result.ExitCode == 2
            && result.Error == "run-l4re: there is no nothing.elf; there are: musl-vm.elf other image.elf \n");
        Run(script, emulator, "", "--help").Output.Should().Contain("./run-l4re [ENTRY]").And.Contain("Ctrl-A X")
            .And.Contain("QEMU_OPTIONS").And.NotContain("KERNEL ARGUMENT").And.NotContain("set -eu").And.NotContain("@");
    }

    [Fact]
    public void For_arm_the_root_file_system_is_unpacked_into_memory()
    {
        var set = Make("set", ArchitectureCatalogue.Arm64 with
        {
            Name = "arm",
            Emulation = ArchitectureCatalogue.Arm64.Emulation! with { Root = RootMedium.Memory },
        });

        Run(Path.Combine(set, "run"), Emulator("echo \"$@\"")).Output.Should()
            .EndWith("-kernel kernel -initrd lsb_root.cpio.gz -append console=ttyAMA0 panic=-1 rdinit=/sbin/init\n");
        File.Exists(Path.Combine(set, "lsb_root.cpio.gz")).Should().BeTrue();
    }

    [Fact]
    public void The_script_explains_itself()
    {
        var help = Run(Path.Combine(Make("set"), "run"), "/nowhere", "", "--help");

        help.ExitCode.Should().Be(0);
        help.Output.Should().Contain("./run [KERNEL ARGUMENT...]").And.Contain("Ctrl-A X").And.Contain("QEMU_OPTIONS")
            .And.NotContain("ENTRY").And.NotContain("set -eu").And.NotContain("@");
    }

    [Fact]
    public void A_missing_emulator_is_named_with_the_package_that_brings_it()
    {
        Directory.CreateDirectory(temp["bin"]);
        foreach (var tool in (string[])["cat", "dirname", "readlink", "sed"])
            File.CreateSymbolicLink(temp["bin", tool], Tools.OfHost.Find(tool)!);

        var result = Tools.In(temp["bin"]).Run(new ToolInvocation(Path.Combine(Make("set"), "run")));

        result.ExitCode.Should().Be(127);
        result.Error.Should().Contain("'qemu-system-aarch64' was not found").And.Contain("package qemu-system-arm");
    }

    [Fact]
    public void Run_is_for_one_architecture_and_a_terminal()
    {
        var layout = new BuildLayout(temp.Path, temp["cache"]);

        FluentActions.Invoking(new EmulatorSession(layout, ArchitectureCatalogue.All).Validate).Should().Throw<BuildException>()
            .WithMessage("*one architecture*--architectures arm64*");
        FluentActions.Invoking(new EmulatorSession(layout, [ArchitectureCatalogue.Arm]).Validate).Should().Throw<BuildException>()
            .WithMessage("*needs a terminal*distribution/images/arm/run.");
    }

    public void Dispose() => temp.Dispose();

    static IReadOnlyList<Component> WithInit =>
        new ComponentCatalogue(Path.Combine(RepositoryRoot.Path, "config", "components")).Select(["busybox"]);

    KernelStage? kernel;

    KernelStore Kernels => field ??= new KernelStore(
        temp["cache"], NothingLocked, new DebianMirrors(archive.Url, Tools.OfHost), isOffline: false, isUpdate: false,
        Tools.OfHost, new RecordedLog().Logger, archive.Keyring);

    LockedKernels NothingLocked => new(
        new KernelLock(temp["no lock"]), _ => throw new InvalidOperationException(), isRequired: false, new RecordedLog().Logger);

    string Make(string folder, Architecture? architecture = null, string? l4re = null)
    {
        var image = new MadeStage("image", temp.Write("image", "image"));
        var stage = Stage(architecture ?? ArchitectureCatalogue.Arm64, folder, image, l4re);
        kernel!.Prepare();
        kernel.Make(temp[folder, "kernel"]);
        Directory.CreateDirectory(Path.GetDirectoryName(kernel.Output)!);
        File.Move(temp[folder, "kernel"], kernel.Output);
        Directory.CreateDirectory(Path.GetDirectoryName(stage.Output)!);
        stage.Make(stage.Output);
        return stage.Output;
    }

    BootSetStage Stage(Architecture architecture, string folder, IStage? image, string? l4re = null)
    {
        FileTree.Copy(Path.Combine(RepositoryRoot.Path, "config", "boot"), temp[folder, "config", "boot"]);
        var layout = new BuildLayout(temp[folder], temp["cache"]);
        kernel = new KernelStage(layout, architecture, architecture.Emulation!, Kernels, Tools.OfHost);
        var images = l4re is null ? null : new MadeStage("l4re-images", l4re);
        return new BootSetStage(layout, architecture, architecture.Emulation!, kernel, image, images);
    }

    string Emulator(string script)
    {
        var path = temp["emulator"];
        Tools.OfHost.Run(new ToolInvocation("install", "-m", "755", "/dev/stdin", path) { Input = $"#!/bin/sh\n{script}\n" })
            .OrThrow("write a program");
        return path;
    }

    static ToolResult Run(string script, string emulator, string options = "", params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation(script, arguments)
        {
            Environment = new Dictionary<string, string> { ["QEMU"] = emulator, ["QEMU_OPTIONS"] = options },
        });
}
