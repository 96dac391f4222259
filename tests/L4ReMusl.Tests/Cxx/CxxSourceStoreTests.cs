using L4ReMusl.Cxx;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Debian;
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
            + "*bookworm has 12.2.0-14*Use the distribution's compiler (Debian: g++-aarch64-linux-gnu), or leave c++ out *");
    }

    public void Dispose()
    {
        temp.Dispose();
        archive.Dispose();
    }

    static Toolchain Compiler(string version) => new(ArchitectureCatalogue.Arm64, "/opt/cross/", $"gcc {version}", "");

    CxxSourceStore Store()
    {
        var (log, mirrors) = (new RecordedLog().Logger, new DebianMirrors(archive.Url, Tools.OfHost));
        return new CxxSourceStore(
            temp["cache"],
            new CxxSourceArchive(temp["apt"], mirrors, isOffline: false, Tools.OfHost, log, archive.Keyring),
            new ArchiveFetcher(
                temp["downloads"],
                new ArchiveLocations([temp["mirror"]], false, mirrors),
                new SignatureVerifier(Tools.OfHost, temp["keys"]),
                log),
            Tools.OfHost,
            new ProgressDisplay(TextWriter.Null, isTerminal: false),
            log);
    }

    void Publish(string version)
    {
        foreach (var file in Needed.Concat(["gcc/main.c", "fixincludes/config/x", "libstdc++-v3/testsuite/x.cc", "README"]))
            temp.Write($"gcc-{version}/{file}", file == "gcc/BASE-VER" ? $"{version}\n" : file);
        using var tree = new TempFolder();
        tree.Write("DEBIAN/control", $"""
            Package: gcc-12-source
            Version: {version}-14
            Architecture: all
            Maintainer: nobody
            Description: for tests

            """);
        File.SetUnixFileMode(tree["DEBIAN"], FileModes.Program);
        tree.Write("usr/src/gcc-12/patches/some.diff", "");
        var sources = tree["usr", "src", "gcc-12", $"gcc-{version}-dfsg.tar.xz"];
        Run("tar", "-cJf", sources, "-C", temp.Path, $"gcc-{version}");
        var package = Path.Combine(Directory.CreateDirectory(temp["mirror"]).FullName, $"gcc-12-source_{version}-14_all.deb");
        Run("dpkg-deb", "--build", tree.Path, package);
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

    static void Run(string tool, params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation(tool, arguments)).OrThrow($"run {tool}");
}
