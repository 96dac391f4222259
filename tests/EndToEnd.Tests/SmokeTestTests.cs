using L4ReMusl.Components;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Images;
using L4ReMusl.Machines;
using L4ReMusl.Smoke;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The smoke test must find each broken guest, at the right level.</summary>
public sealed class SmokeTestTests : IDisposable
{
    const string ReadsToken = "#!/bin/sh\nmount -t proc proc /proc\ntoken=$(sed 's/.*smoke=//; s/ .*//' /proc/cmdline)\n";

    readonly ChangedImages changed = new();

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_guest_as_it_was_built_reaches_the_last_level(string name)
    {
        var report = Test(name, _ => { });

        report.Verdict.Reason.Should().BeNull();
        report.Reached.Should().Be(3);
        report.Figure.Value.Should().Contain("level 3 of 3 reached").And.Contain("clean power-off");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_loader_that_cannot_be_executed_fails_at_the_first_level(string name) =>
        Failure(name, 1, root => File.SetUnixFileMode(
            LoaderIn(root, name),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead))
            .Should().Contain(
                $"needs the loader {Artefacts.Named(name).Interpreter}, which is not a file that everyone may execute");

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_missing_loader_fails_at_the_first_level(string name) =>
        Failure(name, 1, root => File.Delete(LoaderIn(root, name)))
            .Should().Contain($"needs the loader {Artefacts.Named(name).Interpreter}, which is missing");

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_loader_of_another_architecture_fails_at_the_first_level(string name)
    {
        var other = ArchitectureCatalogue.All.First(architecture => architecture.Name != name);

        Failure(
            name, 1, root => File.Copy(Artefacts.Layout.RootFs(other) + other.Interpreter, LoaderIn(root, name), overwrite: true))
            .Should().Contain(
                $"{Artefacts.Named(name).Interpreter}: is for the machine {other.Machine}, not {Artefacts.Named(name).Machine}");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_truncated_file_system_fails_at_the_first_level(string name) => Failure(name, 1, _ => { }, image =>
        {
            using var file = File.OpenWrite(image);
            file.SetLength(file.Length / 2);
        })
        .Should().Contain("is not a valid root file system").And.Contain($"image-{name}-");

    [Fact]
    public void A_program_that_does_not_say_what_it_should_fails_at_the_second_level() => Failure("arm64", 2, root =>
        {
            var release = $"{root}/usr/lib/os-release";
            File.WriteAllText(
                release, File.ReadAllText(release).Replace("\nID=l4re-musl\n", "\nID=other\n", StringComparison.Ordinal));
        })
        .Should().Contain("The check busybox.grep failed for arm64").And.Contain("printed '0' instead of '1'");

    [Fact]
    public void An_init_that_hangs_is_killed_when_its_time_is_up() =>
        Failure("arm64", 3, Init("#!/bin/sh\nsleep 1000\n"), limit: 25)
            .Should().Contain("did not begin its checks: it was still running after 25 s, and was killed")
            .And.Contain("Run /sbin/init as init process").And.Contain("smoke-arm64.log");

    [Fact]
    public void A_hang_during_the_checks_is_distinguished_from_one_before() =>
        Failure("arm64", 3, Init($"{ReadsToken}echo SMOKE BEGIN $token\nsleep 1000\n"), limit: 25)
            .Should().Contain("began its checks and did not finish them: it was still running");

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void A_panic_is_reported_in_the_kernel_s_own_words(string name) => Failure(name, 3, Init("#!/bin/sh\nexit 3\n"))
        .Should().Contain("the kernel panicked: Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000300");

    [Fact]
    public void A_guest_without_the_marker_has_failed_however_cleanly_it_powers_off() =>
        Failure("arm64", 3, Init("#!/bin/sh\npoweroff -f\n"))
            .Should().Contain("did not begin its checks: it powered off");

    [Fact]
    public void A_guest_that_prints_the_markers_without_the_checks_has_failed() =>
        Failure("arm64", 3, Init($"{ReadsToken}echo SMOKE BEGIN $token\necho SELF-TEST memory ok\n"
            + "echo SMOKE END $token passed=1 failed=0\nsync\nsleep 1\npoweroff -f\n"))
            .Should().Contain("printed the end marker without these checks: ").And.Contain("loader_is_mapped")
            .And.Contain("busybox.awk").And.NotContain("checks: memory");

    [Fact]
    public void Without_an_emulator_it_says_which_level_was_reached_and_why()
    {
        using var temp = new TempFolder();
        foreach (var tool in (string[])["qemu-aarch64", "e2fsck", "debugfs"])
            File.CreateSymbolicLink(temp[tool], Tools.OfHost.Find(tool)!);

        var report = Test("arm64", _ => { }, tools: Tools.In(temp.Path));

        report.Reached.Should().Be(2);
        report.Verdict.Reason.Should().Contain("reached level 2 of 3")
            .And.Contain("'qemu-system-aarch64' was not found; install the package 'qemu-system-arm'")
            .And.Contain("--smoke-level 2");
        report.Figure.Value.Should().Contain("level 2 of 3 reached").And.Contain("3 failed: 'qemu-system-aarch64' was not found");
    }

    [Fact]
    public void A_kernel_that_cannot_be_had_fails_unless_less_is_asked_for()
    {
        var architecture = ArchitectureCatalogue.Arm64;
        var guest = new Guest(
            architecture,
            [new GuestImage(ImageFormatCatalogue.Ext4, Artefacts.Layout.Ext4Image(architecture))],
            () => throw new BuildException("the kernel is not in the cache"));

        Smoke(Tools.OfHost, 60).Run(guest, SmokeLevel.Boot).Verdict.Reason.Should()
            .Contain("reached level 2 of 3 and failed at level 3 (boot in QEMU): the kernel is not in the cache");
        var modest = Smoke(Tools.OfHost, 60).Run(guest, SmokeLevel.UserMode);
        modest.Verdict.Reason.Should().BeNull();
        modest.Figure.Value.Should().Contain("level 2 of 2 reached")
            .And.Contain("no higher level was requested (--smoke-level 2)");
    }

    [Fact]
    public void A_boot_set_with_another_image_than_the_one_that_was_looked_at_is_refused()
    {
        var architecture = ArchitectureCatalogue.Arm64;
        var set = BootSet(
            architecture,
            changed.Make(architecture, ImageFormatCatalogue.Ext4, root => File.WriteAllText($"{root}/etc/motd", "other\n")));
        var guest = new Guest(
            architecture, [new GuestImage(ImageFormatCatalogue.Ext4, Artefacts.Layout.Ext4Image(architecture))], () => set);

        Smoke(Tools.OfHost, 60).Run(guest, SmokeLevel.Boot).Verdict.Reason.Should().Contain("is not a copy of");
    }

    public void Dispose() => changed.Dispose();

    string Failure(string name, int level, Action<string> change, Action<string>? damage = null, int limit = 120)
    {
        var report = Test(name, change, damage, limit);

        report.Reached.Should().Be(level - 1, report.Verdict.Reason);
        report.Verdict.Reason.Should()
            .StartWith($"The smoke test for {name} reached level {level - 1} of 3 and failed at level {level} ");
        return report.Verdict.Reason!;
    }

    SmokeReport Test(string name, Action<string> change, Action<string>? damage = null, int limit = 240, ToolRunner? tools = null)
    {
        var architecture = Artefacts.Named(name);
        var format = ImageFormatCatalogue.All.Single(format => format.Name == architecture.Emulation!.Root.ImageFormat);
        var image = changed.Make(architecture, format, change);
        damage?.Invoke(image);
        return Smoke(tools ?? Tools.OfHost, limit)
            .Run(new Guest(architecture, [new GuestImage(format, image)], () => BootSet(architecture, image)), SmokeLevel.Boot);
    }

    SmokeTest Smoke(ToolRunner tools, int limit)
    {
        var silent = new ProgressDisplay(TextWriter.Null, isTerminal: false);
        return new(Components, [RepositoryRoot.Path], changed["logs"], tools, Tools.Jobs, silent)
        {
            BootLimit = TimeSpan.FromSeconds(limit),
        };
    }

    // The repository's own boot set, with another image.
    string BootSet(Architecture architecture, string image)
    {
        var (set, built) = (changed[$"boot set {architecture}"], Artefacts.Layout.BootSet(architecture));
        Directory.CreateDirectory(set);
        foreach (var entry in FileTree.List(built))
            File.CreateSymbolicLink(Path.Combine(set, entry.Path), Path.Combine(built, entry.Path));
        (string, string)[] copied = [(architecture.Emulation!.Root.FileName, image), ("run", Path.Combine(built, "run"))];
        foreach (var (name, source) in copied)
        {
            File.Delete(Path.Combine(set, name));
            File.Copy(source, Path.Combine(set, name));
        }

        return set;
    }

    static IReadOnlyList<Component> Components { get; } = new ComponentCatalogue(Artefacts.Layout.Components)
        .Select(Artefacts.Components);

    static string LoaderIn(string root, string name) => root + Artefacts.Named(name).Interpreter;

    static Action<string> Init(string script) => root =>
    {
        File.Delete($"{root}/sbin/init");
        File.WriteAllText($"{root}/sbin/init", script);
        File.SetUnixFileMode($"{root}/sbin/init", (UnixFileMode)0b111_101_101);
    };
}
