using L4ReMusl.Cxx;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Debian;
using L4ReMusl.Tests.HostTools;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Cxx;

/// <summary>How the sources of a GCC version are found in an archive in Debian's format with a signed index.</summary>
public sealed class CxxSourceArchiveTests : IDisposable
{
    readonly DebianArchive archive = new();
    readonly TempFolder temp = new("indexes ");

    [Fact]
    public void The_package_of_exactly_that_version_is_found_with_what_it_must_be()
    {
        archive.PublishPackages("bookworm", Package("gcc-12-source", "12.2.0-14+deb12u1", 'a'));

        Find("12.2.0").Should().BeEquivalentTo(new
        {
            FileName = "gcc-12-source_12.2.0-14+deb12u1_all.deb",
            Size = 83434328L,
            Sha256 = new string('a', 64),
            DebianPool = "pool/main/g/gcc/gcc-12-source_12.2.0-14+deb12u1_all.deb",
        });
    }

    [Fact]
    public void Where_the_first_suite_has_another_version_others_are_asked_and_an_error_names_what_there_is()
    {
        archive.PublishPackages("bookworm", Package("gcc-12-source", "12.2.0-14", 'a'));
        archive.PublishPackages("trixie", Package("gcc-12-source", "12.4.0-5", 'b'));

        Find("12.4.0").Sha256.Should().Be(new string('b', 64));
        this.Invoking(_ => Find("12.4")).Should().Throw<BuildException>()
            .WithMessage("none of Debian's suites bookworm, *sid has gcc-12-source of version 12.4.*bookworm has 12.2.0-14*");
        this.Invoking(_ => Find("9.5.0")).Should().Throw<BuildException>().WithMessage("*bookworm has no gcc-9-source*");
    }

    [Fact]
    public void An_index_that_a_stranger_signed_is_not_believed()
    {
        archive.PublishPackages("bookworm", Package("gcc-12-source", "12.2.0-14", 'a'), byStranger: true);

        this.Invoking(_ => Find("12.2.0")).Should().Throw<BuildException>().WithMessage("*could*verif*");
    }

    [Fact]
    public void Offline_no_archive_is_asked() =>
        this.Invoking(_ => Find("12.2.0", isOffline: true)).Should().Throw<BuildException>().WithMessage("*offline*");

    [Fact]
    public void A_host_without_a_mirror_of_Debian_is_named_as_the_reason()
    {
        using var host = new FakeHost();
        var mirrors = new DebianMirrors(null, host.Runner);

        new CxxSourceArchive(temp.Path, mirrors, isOffline: false, Tools.OfHost, new RecordedLog().Logger)
            .Invoking(one => one.Find("13.3.0")).Should().Throw<BuildException>()
            .WithMessage("apt on this host uses no mirror of Debian to look for gcc-13-source 13.3.0.");
    }

    public void Dispose()
    {
        temp.Dispose();
        archive.Dispose();
    }

    SourceArchive Find(string version, bool isOffline = false) =>
        new CxxSourceArchive(
            temp.Path, new DebianMirrors(archive.Url, Tools.OfHost), isOffline, Tools.OfHost, new RecordedLog().Logger,
            archive.Keyring)
            .Find(version);

    static string Package(string name, string version, char digit) => $"""
        Package: {name}
        Version: {version}
        Architecture: all
        Filename: pool/main/g/gcc/{name}_{version}_all.deb
        Size: 83434328
        SHA256: {new string(digit, 64)}
        Description: for tests


        """;
}
