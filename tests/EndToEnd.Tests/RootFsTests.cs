using L4ReMusl.Checks;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Root;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

public class RootFsTests
{
    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_keeps_all_rules(string name)
    {
        var architecture = Artefacts.Named(name);

        new RootFsVerifier(architecture, [RepositoryRoot.Path]).Violations(Artefacts.Layout.RootFs(architecture))
            .Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Its_self_test_passes(string name)
    {
        var architecture = Artefacts.Named(name);

        new SelfTestRunner(architecture, Tools.OfHost).Run(Artefacts.Layout.RootFs(architecture))
            .Should().HaveCountGreaterThan(10);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_self_test_fails_where_something_is_missing(string name)
    {
        using var temp = new TempFolder();
        var architecture = Artefacts.Named(name);
        FileTree.Copy(Artefacts.Layout.RootFs(architecture), temp["root"]);
        File.Delete(temp["root", "usr", "lib", "libcrypt.so"]);

        new SelfTestRunner(architecture, Tools.OfHost).Invoking(runner => runner.Run(temp["root"]))
            .Should().Throw<BuildException>()
            .WithMessage("*dlopen_libcrypt FAIL*libcrypt.so*");
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_loader_is_a_real_file_without_debugging_symbols_and_lists_what_a_program_needs(string name)
    {
        var architecture = Artefacts.Named(name);
        var root = Artefacts.Layout.RootFs(architecture);
        var loader = Path.Combine(root, "lib", architecture.Loader);

        new FileInfo(loader).LinkTarget.Should().BeNull();
        new FileInfo(loader).Length.Should().BeLessThan(
            new FileInfo(Path.Combine(Artefacts.Layout.Prefix(architecture), "lib", "libc.so")).Length);
        new ElfFile(loader).ExportedSymbols().Should().Contain(["printf", "pthread_create", "dlopen"]);
        Artefacts.Emulate(architecture, root, loader, "--list", root + SelfTestProgram.InstalledPath)
            .OrThrow("list the libraries of the self-test").Output.Should().Contain(architecture.Loader);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Everything_has_the_same_time(string name)
    {
        var root = Artefacts.Layout.RootFs(Artefacts.Named(name));

        FileTree.List(root).Select(entry => File.GetLastWriteTimeUtc(Path.Combine(root, entry.Path))).Distinct()
            .Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void It_says_what_it_is(string name)
    {
        var root = Artefacts.Layout.RootFs(Artefacts.Named(name));
        var version = File.ReadAllText(Path.Combine(Artefacts.Layout.Prefix(Artefacts.Named(name)), "VERSION")).Trim();

        File.ReadAllText(Path.Combine(root, "usr", "lib", "os-release")).Should()
            .Contain($"VERSION_ID={version}\n").And.Contain($"VARIANT_ID={name}\n").And.NotContain("@");
    }
}
