using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using L4ReMusl.Packaging;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Packaging;

public sealed class PackageMakefileTests : IDisposable
{
    static readonly Architecture Arm64 = ArchitectureCatalogue.Arm64;
    static readonly string Package = Path.Combine(RepositoryRoot.Path, "pkg", "musl");

    readonly TempFolder temp = new("l4re musl's $package ");

    [Theory]
    [InlineData("MUSL_PREFIX")]
    [InlineData("ARCH")]
    [InlineData("CPU")]
    [InlineData("DESTDIR")]
    public void The_help_explains_every_variable(string variable) =>
        Make().Output.Should().MatchRegex($"(?m)^  {variable} +\\w");

    [Theory]
    [InlineData("ARCH is not set*such as arm64")]
    [InlineData("ARCH is '../arm64'*such as arm64", "ARCH=../arm64", "DESTDIR=x")]
    [InlineData("ARCH is '..'*such as arm64", "ARCH=..", "DESTDIR=x")]
    [InlineData("ARCH is 'arm arm64'*such as arm64", "ARCH=arm arm64", "DESTDIR=x")]
    [InlineData("DESTDIR is not set*", "ARCH=arm64")]
    [InlineData("MUSL_PREFIX is not set*out/musl/arm64", "ARCH=arm64", "DESTDIR=x")]
    [InlineData("MUSL_PREFIX is '/nowhere'*lib/libc.so*", "ARCH=arm64", "DESTDIR=x", "MUSL_PREFIX=/nowhere")]
    public void A_missing_or_wrong_variable_is_an_error_with_a_remedy(string message, params string[] variables)
    {
        var result = Make(["install", .. variables]);

        result.Succeeded.Should().BeFalse();
        result.Error.Should().Match($"*{message}*");
    }

    [Fact]
    public void A_prefix_for_another_architecture_is_refused()
    {
        var result = Install(HandMadePrefix.Make(temp, ArchitectureCatalogue.Arm), "out");

        result.Error.Should().Contain("which is for ARCH 'arm', not for 'arm64': give the prefix or the ARCH that fits");
        Directory.Exists(temp["out"]).Should().BeFalse();
    }

    [Fact]
    public void A_build_folder_holds_one_architecture()
    {
        Install(HandMadePrefix.Make(temp, Arm64), "out").OrThrow("install");
        var arm = HandMadePrefix.Make(temp, ArchitectureCatalogue.Arm, "other");

        var result = Make("install", Variable("MUSL_PREFIX", arm), Variable("DESTDIR", temp["out"]), "ARCH=arm");

        result.Succeeded.Should().BeFalse();
        result.Error.Should().Contain("holds this package for arm64");
    }

    [Fact]
    public void The_files_go_where_a_build_folder_of_L4Re_has_them()
    {
        Install(HandMadePrefix.Make(temp, Arm64), "out").OrThrow("install");

        FileTree.List(temp["out"]).Where(entry => !entry.IsFolder).Select(entry => entry.Path).Should().Equal(
            "assets/misc/musl/arm64/architecture",
            "assets/misc/musl/arm64/ld-musl-aarch64.so.1",
            "assets/misc/musl/arm64/libc.so",
            "include/contrib/musl/bits/alltypes.h",
            "include/contrib/musl/stdio.h",
            "lib/arm64_armv8a/std/plain/musl/ld-musl-aarch64.so.1",
            "lib/arm64_armv8a/std/plain/musl/libc.a",
            "lib/arm64_armv8a/std/plain/musl/libc.so",
            "lib/arm64_armv8a/std/plain/musl/libm.so",
            "pc/musl.pc");
        var package = new InstalledPackage(temp["out"], Arm64);
        File.Exists(package.Loader).Should().BeTrue();
        File.Exists(package.Libc).Should().BeTrue();
        File.ReadAllText(package.PkgConfig)
            .Should().Contain("Version: 1.2.5").And.Contain("/lib/arm64_armv8a/std/plain/musl\n").And.NotContain("@");
    }

    [Fact]
    public void The_CPU_in_the_library_folder_can_be_chosen()
    {
        Install(HandMadePrefix.Make(temp, Arm64), "out", "CPU=armv8.2a").OrThrow("install");

        File.Exists(temp["out", "lib", "arm64_armv8.2a", "std", "plain", "musl", "libc.a"]).Should().BeTrue();
    }

    [Fact]
    public void A_prefix_that_does_not_say_what_it_is_for_is_refused()
    {
        var prefix = HandMadePrefix.Make(temp, Arm64);
        File.Delete(Path.Combine(prefix, PrefixArchitecture.FileName));

        Install(prefix, "out").Error.Should().Contain("which has no share/l4re-musl/architecture: stage the prefix again");
    }

    [Fact]
    public void Uninstalling_takes_the_libraries_of_any_CPU_unless_one_is_given()
    {
        Install(HandMadePrefix.Make(temp, Arm64), "out").OrThrow("install");
        Install(temp["prefix"], "out", "CPU=armv8.2a").OrThrow("install");
        temp.Write("out/lib/arm64_armv9a/theirs.a", "");

        Make("uninstall", "ARCH=arm64", "CPU=armv8.2a", Variable("DESTDIR", temp["out"])).OrThrow("uninstall");
        Directory.GetDirectories(temp["out", "lib"]).Select(Path.GetFileName)
            .Should().BeEquivalentTo("arm64_armv8a", "arm64_armv9a");
        Make("uninstall", "ARCH=arm64", Variable("DESTDIR", temp["out"])).OrThrow("uninstall");

        FileTree.List(temp["out"]).Where(entry => entry.IsFile).Select(entry => entry.Path)
            .Should().Equal("lib/arm64_armv9a/theirs.a");
    }

    [Fact]
    public void Modes_and_links_are_kept_whatever_the_umask()
    {
        Install(HandMadePrefix.Make(temp, Arm64), "open", umask: "000").OrThrow("install");
        Install(temp["prefix"], "closed", umask: "077").OrThrow("install");

        Shape("closed").Should().Equal(Shape("open"));
        Shape("closed")
            .Should().Contain("assets/misc/musl/arm64/libc.so 755")
            .And.Contain("assets/misc/musl/arm64/ld-musl-aarch64.so.1 -> libc.so");
    }

    [Fact]
    public void Installing_again_leaves_nothing_of_the_version_before()
    {
        Install(HandMadePrefix.Make(temp, Arm64), "out").OrThrow("install");
        var before = Shape("out");
        temp.Write("out/include/contrib/musl/gone-in-this-version.h", "");
        temp.Write("out/include/contrib/other/theirs.h", "");

        Install(temp["prefix"], "out").OrThrow("install");

        Shape("out").Where(line => !line.Contains("contrib/other", StringComparison.Ordinal)).Should().Equal(before);
        File.Exists(temp["out", "include", "contrib", "other", "theirs.h"]).Should().BeTrue();
    }

    [Fact]
    public void Uninstalling_removes_what_was_installed_and_nothing_else()
    {
        temp.Write("out/pc/theirs.pc", "");
        Install(HandMadePrefix.Make(temp, Arm64), "out").OrThrow("install");

        Make("uninstall", "ARCH=arm64", Variable("DESTDIR", temp["out"])).OrThrow("uninstall");
        Make("uninstall", "ARCH=arm64", Variable("DESTDIR", temp["out"])).OrThrow("uninstall again");

        FileTree.List(temp["out"]).Select(entry => entry.Path).Should().Equal("pc", "pc/theirs.pc");
    }

    [Fact]
    public void Relative_paths_count_from_the_callers_folder()
    {
        HandMadePrefix.Make(temp, Arm64);

        const string Command = "make -C \"$0\" install ARCH=arm64 MUSL_PREFIX=prefix DESTDIR=some/out";
        Tools.OfHost.Run(new ToolInvocation("sh", "-c", Command, Package)
        {
            WorkingDirectory = temp.Path,
        }).OrThrow("install");

        File.Exists(temp["some", "out", "pc", "musl.pc"]).Should().BeTrue();
    }

    [Fact]
    public void Every_architecture_of_the_catalogue_can_be_installed()
    {
        foreach (var architecture in ArchitectureCatalogue.All)
        {
            var prefix = HandMadePrefix.Make(temp, architecture, architecture.Name);
            Make(
                "install", $"ARCH={architecture.Name}", Variable("MUSL_PREFIX", prefix),
                Variable("DESTDIR", temp["out", architecture.Name]))
                .OrThrow($"install {architecture}");
        }
    }

    [Theory]
    [InlineData("pkg/musl/Makefile")]
    [InlineData("pkg/musl/musl.mk")]
    [InlineData("pkg/musl/prefix.mk")]
    [InlineData("pkg/musl/standalone.mk")]
    [InlineData("pkg/musl/assets/modules.list")]
    [InlineData("pkg/musl/assets/musl-modules.ned")]
    [InlineData("pkg/musl/assets/musl-vm.ned")]
    [InlineData("crates/l4re-libc/build.rs")]
    public void Who_uses_a_prefix_knows_only_from_it_what_differs_between_architectures(string file)
    {
        string[] keys = ["TRIPLE", "LOADER", "RUST_TARGET", "L4RE_CPU", "L4RE_GUEST_CONSOLE", "L4RE_GUEST_DEVICE_TREE"];
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, file));
        foreach (var values in ArchitectureCatalogue.All.Select(PrefixArchitecture.Values))
        {
            foreach (var key in keys)
                text.Should().NotContain(values[key]);
        }
    }

    [Fact]
    public void L4Re_reads_the_name_and_the_maintainer_from_lower_case_fields() =>
        File.ReadAllLines(Path.Combine(Package, "Control"))
            .Should().Contain("provides: musl musl-native").And.Contain(line => line.StartsWith("maintainer: "));

    public void Dispose() => temp.Dispose();

    IEnumerable<string> Shape(string folder) => FileTree.List(temp[folder]).Select(entry =>
        entry.LinkTarget is { } target ? $"{entry.Path} -> {target}" : $"{entry.Path} {Convert.ToString((int)entry.Mode, 8)}");

    ToolResult Install(string prefix, string destination, string more = "CPU=", string umask = "022") => Run(
        umask, "install", "ARCH=arm64", Variable("MUSL_PREFIX", prefix), Variable("DESTDIR", temp[destination]), more);

    static ToolResult Make(params string[] arguments) => Run("022", arguments);

    static ToolResult Run(string umask, params string[] arguments) => Tools.OfHost.Run(new ToolInvocation(
        "sh", ["-c", "umask \"$0\"; exec make --no-print-directory -C \"$@\"", umask, Package, .. arguments]));

    static string Variable(string name, string value) => $"{name}={value.Replace("$", "$$", StringComparison.Ordinal)}";
}
