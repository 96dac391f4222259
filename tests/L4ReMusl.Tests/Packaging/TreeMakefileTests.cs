using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;

namespace L4ReMusl.Tests.Packaging;

/// <summary>The package's makefiles in an imitated L4Re tree, since the real one is big and may not be available.</summary>
[Trait("Speed", "slow")]
public sealed class TreeMakefileTests : IDisposable
{
    ImitatedTree? started;

    public static TheoryData<string> Architectures => [.. ArchitectureCatalogue.All.Select(architecture => architecture.Name)];

    ImitatedTree Tree => started ?? throw new InvalidOperationException("There is no tree yet.");

    [Theory]
    [MemberData(nameof(Architectures))]
    public void The_files_go_into_the_build_folder_and_the_libraries_into_a_folder_of_their_own(string name)
    {
        var (loader, prefix) = Start(name);

        Build(prefix);

        Files(Tree.Build).Should().Equal(
            $"assets/misc/musl/{name}/architecture",
            $"assets/misc/musl/{name}/{loader} -> libc.so",
            $"assets/misc/musl/{name}/libc.so",
            "assets/modlist/musl/modules.list",
            "assets/ned/musl/musl-linux-smoke.ned",
            "assets/ned/musl/musl-linux.ned",
            "assets/ned/musl/musl-modules.ned",
            "assets/ned/musl/musl-native.ned",
            "assets/ned/musl/musl-vm.ned",
            "include/contrib/musl/bits/alltypes.h",
            "include/contrib/musl/stdio.h",
            $"lib/{name}_armv9a/std/plain/musl/{loader} -> libc.so",
            $"lib/{name}_armv9a/std/plain/musl/libc.a",
            $"lib/{name}_armv9a/std/plain/musl/libc.so",
            $"lib/{name}_armv9a/std/plain/musl/libm.so -> libc.so",
            "pc/musl.pc");
        File.ReadAllText(Tree["build", "pc", "musl.pc"]).Should().StartWith($"prefix={Tree.Build}\n")
            .And.Contain($"/lib/{name}_armv9a/std/plain/musl\n").And.Contain("Version: 1.2.5").And.NotContain("@");
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void The_l4re_flavour_has_folders_of_its_own_and_a_mode_for_makefiles(string name)
    {
        var (_, prefix) = Start(name);
        Build(prefix);
        var others = Files(Tree.Build).ToList();

        Build(prefix, Variable("MUSL_NATIVE_PREFIX", Native(name)));

        Files(Tree.Build).Except(others).Should().Equal(
            "include/contrib/musl-native/c++/vector",
            "include/contrib/musl-native/pthread-l4.h",
            "include/contrib/musl-native/stdio.h",
            $"lib/{name}_armv9a/std/l4f/musl-native/libc.a",
            $"lib/{name}_armv9a/std/l4f/musl-native/libstdc++.a",
            $"lib/{name}_armv9a/std/l4f/musl-native/libsyscalls-enosys.a",
            $"lib/{name}_armv9a/std/l4f/musl-native/libsyscalls-l4re.a",
            $"lib/{name}_armv9a/std/l4f/musl-native/link.ld",
            $"lib/{name}_armv9a/std/l4f/musl-native/start.o",
            "pc/musl-native.mk",
            "pc/musl-native.pc");
        File.ReadAllText(Tree["build", "pc", "musl-native.pc"]).Should()
            .Contain($"={Tree.Build}/lib/{name}_armv9a/std/l4f/musl-native\n")
            .And.Contain("Version: 1.2.5\n").And.Contain("= -lstdc++ -lc -lsyscalls-l4re ").And.NotContain("@");
        var description = File.ReadAllText(Tree["build", "pc", "musl-native.pc"]);
        File.ReadAllText(Tree["build", "pc", "musl-native.mk"]).Should()
            .Contain($"$(OBJ_BASE)/lib/{name}_armv9a/std/l4f/musl-native\n").And.NotContain("@");
        var before = State();
        Build(prefix, Variable("MUSL_NATIVE_PREFIX", Native(name))).Output.Should().BeEmpty();
        State().Should().Equal(before);

        // Programs are linked again when the description has changed, not when a library has.
        Tree.Write(Path.Combine(Native(name), "lib", "syscalls", "l4re", "libsyscalls-l4re.a"), "another");
        Build(prefix, Variable("MUSL_NATIVE_PREFIX", Tree["musl's $native prefix"]));
        File.ReadAllText(Tree["build", "pc", "musl-native.pc"]).Should().NotBe(description);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void The_l4re_flavour_may_lie_in_the_package_be_for_C_only_and_be_installed(string name)
    {
        var (_, prefix) = Start(name);
        var native = Tree.MakeNativePrefix(Named(name), $"package/prebuilt/{name}-native");
        File.Delete(Path.Combine(native, "lib", "libstdc++.a"));

        Tree.MakeOutside("all", Variable("MUSL_PREFIX", prefix)).OrThrow("build");
        File.ReadAllText(Tree["build", "pc", "musl-native.pc"]).Should().Contain("=  -lc ");

        Tree.MakeOutside("install", Variable("MUSL_PREFIX", prefix)).OrThrow("install");
        Files(Tree.Installed).Where(file => file.Contains("native/")).Should().HaveCount(8);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Contents_modes_and_links_are_those_of_the_prefix(string name)
    {
        var (_, prefix) = Start(name);

        Build(prefix);

        FileTree.ContentHash(Headers).Should().Be(FileTree.ContentHash(Path.Combine(prefix, "include")));
        Directory.Delete(Path.Combine(prefix, "lib", "pkgconfig"), recursive: true);
        File.Delete(Path.Combine(prefix, "lib", "musl-gcc.specs"));
        FileTree.ContentHash(Libraries(name)).Should().Be(FileTree.ContentHash(Path.Combine(prefix, "lib")));
        File.ReadAllText(Path.Combine(Assets(name), "libc.so")).Should().Be("libc");
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Every_way_to_build_it_makes_the_same(string name)
    {
        string[][] results =
        [
            Built(prefix => Build(prefix)),
            Built(prefix => Tree.MakeOutside("all", Variable("MUSL_PREFIX", prefix))),
            Built(prefix => ImitatedTree.Run("-C", Tree.Package, $"O={Tree.Build}", Variable("MUSL_PREFIX", prefix))),
            Built(prefix =>
            {
                // The tree is not two folders up, and the package need not look for it: L4Re's make says where it is.
                File.Delete(Tree["build", "source"]);
                Tree.LinkIntoTree();
                return Tree.Make("S=pkg/musl", Variable("MUSL_PREFIX", prefix));
            }),
            Built(prefix =>
            {
                Tree.CopyIntoTree();
                Tree.Write("build/Makeconf.local", Variable("MUSL_PREFIX", prefix));
                return Tree.Make();
            }),
        ];

        results.Should().AllSatisfy(files => files.Should().HaveCount(16).And.Equal(results[0]));

        string[] Built(Func<string, ToolResult> build)
        {
            started?.Dispose();
            build(Start(name).Prefix).OrThrow("build the package");
            return [.. Files(Tree.Build)];
        }
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Installing_fills_the_folder_that_L4Re_installs_into_and_not_the_build_folder(string name)
    {
        var (loader, prefix) = Start(name);

        Tree.MakeOutside("install", Variable("MUSL_PREFIX", prefix)).OrThrow("install");

        Files(Tree.Build).Should().BeEmpty();
        Files(Tree.Installed).Should().HaveCount(15).And.Contain($"lib/{name}_armv9a/std/plain/musl/{loader} -> libc.so")
            .And.Contain($"assets/misc/musl/{name}/libc.so").And.Contain("assets/ned/musl/musl-vm.ned");
        FileTree.ContentHash(Path.Combine(Tree.Installed, "include", "contrib", "musl"))
            .Should().Be(FileTree.ContentHash(Path.Combine(prefix, "include")));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Another_make_changes_nothing(string name)
    {
        var (_, prefix) = Start(name);
        Build(prefix);
        var before = State();

        Build(prefix).Output.Should().BeEmpty();

        State().Should().Equal(before);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_prefix_that_has_changed_is_picked_up_and_what_it_no_longer_has_disappears(string name)
    {
        var (_, prefix) = Start(name);
        Build(prefix);
        var headers = FileTree.State(Headers);
        // An older file of the same size: times cannot reveal the change.
        var libc = Tree.Write(Path.Combine(prefix, "lib", "libc.so"), "LIBC");
        File.SetLastWriteTimeUtc(libc, DateTime.UnixEpoch.AddYears(30));
        File.Delete(Path.Combine(prefix, "lib", "libm.so"));

        Build(prefix);

        File.ReadAllText(Path.Combine(Libraries(name), "libc.so")).Should().Be("LIBC");
        File.ReadAllText(Path.Combine(Assets(name), "libc.so")).Should().Be("LIBC");
        Files(Libraries(name)).Should().HaveCount(3).And.NotContain(file => file.StartsWith("libm"));
        FileTree.State(Headers).Should().Be(headers);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void More_assets_come_along_and_disappear_again(string name)
    {
        var (loader, prefix) = Start(name);
        var kernel = Tree.Write("boot/Image", "kernel");
        Tree.Write("more assets/native/hello", "program");
        Tree.Write("more assets/libc.so", "not that of the prefix");
        File.CreateSymbolicLink(Tree["more assets", "linux"], kernel);
        string[] own = ["architecture", $"{loader} -> libc.so", "libc.so"];

        Build(prefix, Variable("MUSL_ASSETS", Tree["more assets"]));

        Files(Assets(name)).Should().Equal([.. own, "linux", "native/hello"]);
        new FileInfo(Path.Combine(Assets(name), "linux")).LinkTarget.Should().BeNull();
        File.ReadAllText(Path.Combine(Assets(name), "linux")).Should().Be("kernel");
        File.ReadAllText(Path.Combine(Assets(name), "libc.so")).Should().Be("libc");

        Build(prefix);

        Files(Assets(name)).Should().Equal(own);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_prefix_in_the_package_is_used_when_none_is_given(string name)
    {
        Start(name);
        Tree.MakePrefix(Named(name), $"package/prebuilt/{name}");
        Tree.LinkIntoTree();

        Tree.Make().OrThrow("build the tree");
        Files(Libraries(name)).Should().HaveCount(4);

        Tree.Write("musl's $prefix/lib/given.a", "");
        Tree.Make("S=pkg/musl", Variable("MUSL_PREFIX", Tree["musl's $prefix"])).OrThrow("build the package");
        Files(Libraries(name)).Should().HaveCount(5).And.Contain("given.a");
    }

    [Theory]
    [InlineData("arm", "MUSL_PREFIX is not set, and there is no */prebuilt/arm: give*out/musl/arm.*")]
    [InlineData("arm64", "MUSL_PREFIX is not set, and there is no */prebuilt/arm64: give*out/musl/arm64.*")]
    [InlineData("arm", "MUSL_PREFIX is '*/for arm64', which is for ARCH 'arm64', not for 'arm'*", "MUSL_PREFIX=@/for arm64")]
    [InlineData("arm64", "MUSL_PREFIX is '*/for arm', which is for ARCH 'arm', not for 'arm64'*", "MUSL_PREFIX=@/for arm")]
    [InlineData("arm64", "MUSL_PREFIX is 'out/musl/arm64'*give absolute paths*", "MUSL_PREFIX=out/musl/arm64")]
    [InlineData(
        "arm64", "*MUSL_NATIVE_PREFIX is 'out'*give absolute paths*", "MUSL_PREFIX=@/for arm64", "MUSL_NATIVE_PREFIX=out")]
    [InlineData(
        "arm64", "MUSL_NATIVE_PREFIX is '*/for arm64', which has no *start.o*--l4re-build*out/musl-l4re/arm64*",
        "MUSL_PREFIX=@/for arm64", "MUSL_NATIVE_PREFIX=@/for arm64")]
    [InlineData(
        "arm64", "MUSL_NATIVE_PREFIX is '*/native for arm', which is for ARCH 'arm': give that for 'arm64'*",
        "MUSL_PREFIX=@/for arm64", "MUSL_NATIVE_PREFIX=@/native for arm")]
    [InlineData("arm64", "*MUSL_ASSETS is 'assets'*give absolute paths*", "MUSL_PREFIX=@/for arm64", "MUSL_ASSETS=assets")]
    [InlineData("arm64", "MUSL_PREFIX is '*/l4', which has no include/stdio.h*out/musl/arm64*", "MUSL_PREFIX=@/l4")]
    [InlineData("arm64", "MUSL_PREFIX is '/nowhere', which has no include/stdio.h*", "MUSL_PREFIX=/nowhere")]
    [InlineData("arm64", "MUSL_ASSETS is '/nowhere', which is not a folder*", "MUSL_PREFIX=@/for arm64", "MUSL_ASSETS=/nowhere")]
    public void A_wrong_prefix_is_an_error_with_a_remedy(string name, string message, params string[] variables)
    {
        Start(name);
        foreach (var architecture in ArchitectureCatalogue.All)
        {
            Tree.MakePrefix(architecture, $"for {architecture.Name}");
            Tree.MakeNativePrefix(architecture, $"native for {architecture.Name}");
        }

        string[] given = [.. variables.Select(variable => variable.Replace("@", Tree[""], StringComparison.Ordinal))];
        Tree.LinkIntoTree();

        ToolResult[] results =
        [
            Tree.Make(["S=pkg/musl", .. given]),
            Tree.MakeOutside(["all", .. given]),
            Tree.MakeOutside(["install", .. given]),
        ];
        foreach (var result in results)
        {
            result.ExitCode.Should().NotBe(0);
            result.Error.Should().Match($"*: *** {message}");
        }

        Files(Tree.Build).Should().BeEmpty();
        Directory.Exists(Tree.Installed).Should().BeFalse();
    }

    [Fact]
    public void A_folder_that_is_not_a_tree_or_build_folder_is_an_error()
    {
        var (_, prefix) = Start("arm64");
        var more = Variable("MUSL_PREFIX", prefix);

        Refuse("L4DIR is '/nowhere', which is not an L4Re source tree", "L4DIR=/nowhere", $"O={Tree.Build}");
        Refuse($"O is '{Tree.Source}', which is not a build folder of L4Re", $"O={Tree.Source}");
        Refuse("O is '/nowhere', which is not a build folder of L4Re", "O=/nowhere");

        void Refuse(string message, params string[] variables)
        {
            var result = ImitatedTree.Run(["-C", Tree.Package, .. variables, more]);
            result.ExitCode.Should().NotBe(0);
            result.Error.Should().Contain(message);
        }
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_make_of_the_whole_tree_leaves_the_package_out_when_there_is_no_prefix(string name)
    {
        Start(name);
        Tree.CopyIntoTree();

        foreach (var goal in (string[])["all", "install"])
        {
            var result = Tree.Make(goal).OrThrow("build the tree");
            result.Output.Should().Be(
                $"musl: left out for {name}, because MUSL_PREFIX is not set and there is no "
                    + $"{Tree["l4", "pkg", "musl", "prebuilt", name]}\n");
            result.Error.Should().BeEmpty();
        }

        File.Exists(Tree["build", "other-is-built"]).Should().BeTrue();
        Files(Tree.Build).Should().BeEmpty();
    }

    [Fact]
    public void An_architecture_is_one_for_which_there_is_a_prefix()
    {
        started = new ImitatedTree("riscv");
        Tree.LinkIntoTree();

        Tree.Make().OrThrow("leave it out").Output.Should()
            .StartWith("musl: left out for riscv, because MUSL_PREFIX is not set and there is no ");
        Files(Tree.Build).Should().BeEmpty();

        Build(Tree.MakePrefix(ArchitectureCatalogue.Arm64 with { Name = "riscv", LoaderArchitecture = "riscv64" }));
        Files(Assets("riscv")).Should().Equal("architecture", "ld-musl-riscv64.so.1 -> libc.so", "libc.so");
    }

    [Fact]
    public void Cleaning_needs_no_prefix()
    {
        Start("arm64");

        Tree.MakeOutside("clean").OrThrow("clean");
    }

    public void Dispose() => started?.Dispose();

    (string Loader, string Prefix) Start(string name)
    {
        started = new ImitatedTree(name);
        return (Named(name).Loader, Tree.MakePrefix(Named(name)));
    }

    string Native(string name) => Tree.MakeNativePrefix(Named(name));

    static Architecture Named(string name) => ArchitectureCatalogue.All.Single(architecture => architecture.Name == name);

    string Headers => Tree["build", "include", "contrib", "musl"];

    string Libraries(string name) => Tree["build", "lib", $"{name}_{ImitatedTree.Cpu}", "std", "plain", "musl"];

    string Assets(string name) => Tree["build", "assets", "misc", "musl", name];

    /// <summary>Builds the package as a copy in the tree.</summary>
    ToolResult Build(string prefix, params string[] more)
    {
        if (!Directory.Exists(Tree["l4", "pkg", "musl"]))
            Tree.CopyIntoTree();
        return Tree.Make(["S=pkg/musl", Variable("MUSL_PREFIX", prefix), .. more]).OrThrow("build the package");
    }

    // make expands variables in its command-line arguments.
    static string Variable(string name, string value) => $"{name}={value.Replace("$", "$$", StringComparison.Ordinal)}";

    // Without L4Re's own files in the build folder. Its makefiles install assets as links.
    static IEnumerable<string> Files(string folder) => !Directory.Exists(folder) ? [] : FileTree.List(folder)
        .Where(entry => !entry.IsFolder && entry.Path is not (".config.all" or "Makeconf.local" or "source" or "other-is-built")
            && !entry.Path.StartsWith("ext-pkg/", StringComparison.Ordinal))
        .Select(entry => entry.LinkTarget is { } target && !target.StartsWith('/') ? $"{entry.Path} -> {target}" : entry.Path);

    Dictionary<string, DateTime> State() => Files(Tree.Build).Select(file => file.Split(" -> ")[0])
        .ToDictionary(file => file, file => new FileInfo(Path.Combine(Tree.Build, file)).LastWriteTimeUtc);
}
