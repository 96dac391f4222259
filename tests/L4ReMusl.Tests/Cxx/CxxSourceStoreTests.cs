using L4ReMusl.Cxx;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Debian;
using L4ReMusl.Tests.HostTools;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Cxx;

/// <summary>The sources of the C++ library, from a package in Debian's format.</summary>
public sealed class CxxSourceStoreTests : IDisposable
{
    static readonly string[] Needed =
    [
        "libstdc++-v3/configure", "libstdc++-v3/include/std/vector", "libgcc/gthr-posix.h", "libiberty/cp-demangle.c",
        "libbacktrace/elf.c", "include/demangle.h", "config/multi.m4", "gcc/BASE-VER", "gcc/DATESTAMP", "config.guess",
        "config.sub", "config-ml.in", "install-sh", "ltmain.sh", "missing", "mkinstalldirs", "move-if-change", "COPYING3",
        "COPYING.RUNTIME",
    ];

    readonly DebianArchive archive = new();
    readonly TempFolder temp = new("sources ");
    readonly FakeHost host = new();
    readonly RecordedLog log = new();

    [Fact]
    public void Only_the_library_is_unpacked_and_it_is_kept()
    {
        Publish("12.2.0");

        var kept = Store().Find(Compiler("12.2.0"));

        FileTree.List(kept).Where(entry => !entry.IsFolder).Select(entry => entry.Path)
            .Should().BeEquivalentTo([.. Needed, "libstdc++-v3/testsuite/Makefile.in", "libgcc/gthr-default.h"]);
        File.ReadAllText(Path.Combine(kept, "gcc", "BASE-VER")).Should().Be("12.2.0\n");
        Directory.Delete(temp["mirror"], recursive: true);
        Directory.Delete(temp["downloads"], recursive: true);
        Store().Find(Compiler("12.2.0")).Should().Be(kept, "it needs no archive any more");
    }

    [Fact]
    public void For_a_compiler_whose_sources_are_not_there_the_error_says_what_would_be_right()
    {
        Publish("12.2.0");

        this.Invoking(_ => Store().Find(Compiler("12.1.0"))).Should().Throw<BuildException>().WithMessage(
            "The C++ library for '/opt/cross/g++' must be built from the sources of GCC 12.1.0, which are not there: "
            + "*bookworm has 12.2.0-14*Install gcc-12-source of that version, use the distribution's compiler "
            + "(Debian: g++-aarch64-linux-gnu), or leave c++ out *");
    }

    [Fact]
    public void The_package_that_is_installed_is_used_without_an_archive()
    {
        Directory.CreateDirectory(temp["usr", "src", "gcc-12"]);
        File.Move(MakeSources("12.2.0", "gcc-12.2.0-dfsg.tar.xz"), temp["usr", "src", "gcc-12", "gcc-12.2.0-dfsg.tar.xz"]);

        File.Exists(Path.Combine(Store(isOffline: true).Find(Compiler("12.2.0")), "gcc", "BASE-VER")).Should().BeTrue();
        this.Invoking(_ => Store().Find(Compiler("12.2"))).Should().Throw<BuildException>("that is another version");
    }

    [Fact]
    public void The_hosts_own_repositories_come_before_Debians()
    {
        var package = MakePackage("13.3.0", "6ubuntu2~24.04");
        host.With("apt-cache", "printf 'Package: gcc-13-source\\nVersion: 13.2.0-4\\n\\nVersion: 13.3.0-6ubuntu2~24.04\\n'")
            .With("apt-get", $"echo \"$*\" > '{temp["asked"]}'; exec /bin/cp '{package}' .");

        var kept = Store().Find(Compiler("13.3.0"));

        File.ReadAllText(Path.Combine(kept, "gcc", "BASE-VER")).Should().Be("13.3.0\n");
        File.ReadAllText(temp["asked"]).Should().Be("-q download gcc-13-source=13.3.0-6ubuntu2~24.04\n");
        Directory.GetFileSystemEntries(temp["cache"]).Where(entry => entry.EndsWith(".deb", StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    [Fact]
    public void Where_the_hosts_repositories_fail_Debians_archive_is_asked()
    {
        Publish("12.2.0");
        host.With("apt-cache", "echo 'Version: 12.2.0-14'").With("apt-get", "echo 'E: no connection' >&2; exit 100");

        Directory.Exists(Store().Find(Compiler("12.2.0"))).Should().BeTrue();

        log.Warnings.Should().ContainSingle().Which.Should().Contain("gcc-12-source").And.Contain("E: no connection");
    }

    public void Dispose()
    {
        host.Dispose();
        temp.Dispose();
        archive.Dispose();
    }

    static Toolchain Compiler(string version) => new(ArchitectureCatalogue.Arm64, "/opt/cross/", $"gcc {version}", "");

    CxxSourceStore Store(bool isOffline = false)
    {
        var mirrors = new DebianMirrors(archive.Url, Tools.OfHost);
        return new CxxSourceStore(
            temp["cache"],
            new HostCxxSources(isOffline, host.Runner, log.Logger, temp["usr", "src"]),
            new CxxSourceArchive(temp["apt"], mirrors, isOffline, Tools.OfHost, log.Logger, archive.Keyring),
            new ArchiveFetcher(
                temp["downloads"],
                new ArchiveLocations([temp["mirror"]], false, mirrors),
                new SignatureVerifier(Tools.OfHost, temp["keys"]),
                log.Logger),
            Tools.OfHost,
            new ProgressDisplay(TextWriter.Null, isTerminal: false),
            log.Logger);
    }

    void Publish(string version)
    {
        var package = MakePackage(version, "14");
        archive.PublishPackages("bookworm", $"""
            Package: gcc-12-source
            Version: {version}-14
            Architecture: all
            Filename: pool/main/g/gcc-12/{Path.GetFileName(package)}
            Size: {new FileInfo(package).Length}
            SHA256: {Fingerprint.Sha256OfFile(package)}
            Description: for tests

            """);
    }

    string MakePackage(string version, string revision)
    {
        var name = $"gcc-{version.Split('.')[0]}-source";
        using var tree = new TempFolder();
        tree.Write("DEBIAN/control", $"""
            Package: {name}
            Version: {version}-{revision}
            Architecture: all
            Maintainer: nobody
            Description: for tests

            """);
        File.SetUnixFileMode(tree["DEBIAN"], FileModes.Program);
        tree.Write($"usr/src/gcc-{version.Split('.')[0]}/patches/some.diff", "");
        var sources = MakeSources(version, $"gcc-{version}-dfsg.tar.xz");
        File.Move(sources, tree["usr", "src", $"gcc-{version.Split('.')[0]}", Path.GetFileName(sources)]);
        var package = Path.Combine(Directory.CreateDirectory(temp["mirror"]).FullName, $"{name}_{version}-{revision}_all.deb");
        Run("dpkg-deb", "--build", tree.Path, package);
        return package;
    }

    string MakeSources(string version, string name)
    {
        foreach (var file in Needed.Concat(["gcc/main.c", "fixincludes/config/x", "libstdc++-v3/testsuite/x.cc", "README"]))
            temp.Write($"gcc-{version}/{file}", file == "gcc/BASE-VER" ? $"{version}\n" : file);
        Run("tar", "-cJf", temp[name], "-C", temp.Path, $"gcc-{version}");
        return temp[name];
    }

    static void Run(string tool, params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation(tool, arguments)).OrThrow($"run {tool}");
}
