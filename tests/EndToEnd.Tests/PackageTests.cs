using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Packaging;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

public class PackageTests
{
    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void Headers_libraries_and_loader_are_those_of_the_prefix(string name)
    {
        var architecture = Artefacts.Named(name);
        var (prefix, package) = (Artefacts.Layout.Prefix(architecture), PackageOf(architecture));

        Contents(package.Headers).Should().Equal(Contents(Path.Combine(prefix, "include")));
        Contents(Libraries(package)).Should().Equal(
            Contents(Path.Combine(prefix, "lib")).Where(line => !line.StartsWith("pkgconfig", StringComparison.Ordinal)
                && !line.StartsWith("musl-gcc.specs", StringComparison.Ordinal)));
        Fingerprint.Sha256OfFile(package.Loader).Should().Be(Fingerprint.Sha256OfFile(Path.Combine(prefix, "lib", "libc.so")));
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_loader_is_for_the_architecture(string name)
    {
        var architecture = Artefacts.Named(name);
        var loader = new ElfFile(PackageOf(architecture).Loader);

        loader.Machine.Should().Be(architecture.Machine);
        loader.FloatAbi.Should().Be(architecture.FloatAbi);
    }

    [Theory]
    [MemberData(nameof(Artefacts.Architectures), MemberType = typeof(Artefacts))]
    public void The_flags_of_pkg_config_compile_and_link_a_static_program_that_runs(string name)
    {
        using var temp = new TempFolder();
        var architecture = Artefacts.Named(name);
        var package = PackageOf(architecture);
        string Flags(string option) => Tools.OfHost.Run(new ToolInvocation("pkg-config", option, "musl")
        {
            Environment = new Dictionary<string, string> { ["PKG_CONFIG_LIBDIR"] = Path.GetDirectoryName(package.PkgConfig)! },
        }).OrThrow("ask pkg-config").Output.Trim();
        var source = temp.Write("hello.c", "#include <stdio.h>\nint main(void) { puts(\"hello\"); return 0; }\n");
        var libraries = Libraries(package);

        Tools.OfHost.Run(new ToolInvocation(
            architecture.CrossPrefixes[0] + "gcc",
            [
                "-nostdinc", .. Flags("--cflags").Split(' '), "-static", "-nostdlib", "-no-pie", "-fno-pie", "-o", temp["hello"],
                // libgcc and libc need each other.
                Path.Combine(libraries, "crt1.o"), source, .. Flags("--libs").Split(' '), "-lgcc", "-lgcc_eh", "-lc",
            ])).OrThrow("compile a program with the package");

        Tools.OfHost.Run(new ToolInvocation(architecture.QemuUser, temp["hello"]))
            .OrThrow("run it").Output.Should().Be("hello\n");
    }

    static InstalledPackage PackageOf(Architecture architecture) => new(Artefacts.Layout.Package(architecture), architecture);

    static string Libraries(InstalledPackage package) =>
        Path.Combine(Directory.GetDirectories(Path.Combine(package.Root, "lib")).Single(), "std", "plain", "musl");

    static IEnumerable<string> Contents(string folder) => FileTree.List(folder).Select(entry =>
        $"{entry.Path} {(entry.LinkTarget is null ? Convert.ToString((int)entry.Mode, 8) : "")} "
        + (entry.IsFile ? Fingerprint.Sha256OfFile(Path.Combine(folder, entry.Path)) : entry.LinkTarget));
}
