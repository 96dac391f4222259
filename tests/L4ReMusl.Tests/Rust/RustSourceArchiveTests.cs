using L4ReMusl.Rust;
using L4ReMusl.Sources;
using L4ReMusl.Tests.Debian;
using L4ReMusl.Tests.HostTools;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Rust;

/// <summary>How the sources of a Rust version are found in an archive in Debian's format with a signed index.</summary>
public sealed class RustSourceArchiveTests : IDisposable
{
    readonly DebianArchive archive = new();
    readonly TempFolder temp = new("indexes ");

    [Fact]
    public void The_release_of_exactly_that_version_is_found_with_what_it_must_be()
    {
        archive.PublishSources("trixie-backports", Sources("1.94.1", 'a') + Sources("1.95.0", 'b') + Sources("1.95.01", 'c'));

        var found = Find("1.95.0");

        found.Should().BeEquivalentTo(new
        {
            FileName = "rustc_1.95.0+dfsg1.orig.tar.xz",
            Size = 88190992L,
            Sha256 = new string('b', 64),
            DebianPool = "pool/main/r/rustc/rustc_1.95.0+dfsg1.orig.tar.xz",
        });
    }

    [Fact]
    public void Where_the_first_suite_does_not_have_it_others_are_asked()
    {
        archive.PublishSources("trixie-backports", Sources("1.94.1", 'a'));
        archive.PublishSources("trixie", Sources("1.85.0", 'd'));

        Find("1.85.0").Sha256.Should().Be(new string('d', 64));
        this.Invoking(_ => Find("1.2.3"))
            .Should().Throw<BuildException>()
            .WithMessage("none of Debian's suites trixie-backports, *sid has the sources of Rust 1.2.3.*");
    }

    [Fact]
    public void An_index_that_a_stranger_signed_is_not_believed()
    {
        archive.PublishSources("trixie-backports", Sources("1.95.0", 'b'), byStranger: true);

        this.Invoking(_ => Find("1.95.0")).Should().Throw<BuildException>().WithMessage("*could*verif*");
    }

    [Fact]
    public void Offline_no_archive_is_asked() =>
        this.Invoking(_ => Find("1.95.0", isOffline: true)).Should().Throw<BuildException>().WithMessage("*offline*");

    [Fact]
    public void A_host_without_a_mirror_of_Debian_is_named_as_the_reason()
    {
        using var host = new FakeHost();
        var mirrors = new DebianMirrors(null, host.Runner);

        new RustSourceArchive(temp.Path, mirrors, isOffline: false, Tools.OfHost, new RecordedLog().Logger)
            .Invoking(one => one.Find("1.95.0")).Should().Throw<BuildException>()
            .WithMessage("apt on this host uses no mirror of Debian to look for the sources of Rust 1.95.0.");
    }

    public void Dispose()
    {
        temp.Dispose();
        archive.Dispose();
    }

    SourceArchive Find(string version, bool isOffline = false) =>
        new RustSourceArchive(
            temp.Path, new DebianMirrors(archive.Url, Tools.OfHost), isOffline, Tools.OfHost, new RecordedLog().Logger,
            archive.Keyring)
            .Find(version);

    static string Sources(string version, char digit) => $"""
        Package: rustc
        Binary: rustc
        Version: {version}+dfsg1-2
        Architecture: any
        Format: 3.0 (quilt)
        Files:
         {new string('0', 32)} 5 rustc_{version}+dfsg1-2.dsc
         {new string('0', 32)} 88190992 rustc_{version}+dfsg1.orig.tar.xz
        Checksums-Sha256:
         {new string('9', 64)} 5 rustc_{version}+dfsg1-2.dsc
         {new string(digit, 64)} 88190992 rustc_{version}+dfsg1.orig.tar.xz
        Directory: pool/main/r/rustc


        """;
}
