using L4ReMusl.Sources;
using L4ReMusl.Tests.HostTools;

namespace L4ReMusl.Tests.Debian;

public sealed class DebianMirrorsTests
{
    [Theory]
    [InlineData(
        "Debian|Debian|http://a/debian/\nDebian|Debian-Security|http://a/security/\nNode|Node|http://b/\n"
            + "Debian|Debian|http://a/debian/",
        "http://a/debian/")]
    [InlineData("||http://a/debian/\nDebian|Debian|http://b/debian/\n||cdrom:[Debian]/", "http://b/debian/ http://a/debian/")]
    [InlineData("Ubuntu|Ubuntu|http://a/ubuntu/", "")]
    [InlineData("Debian|Debian|mirror+file:/etc/apt/mirrors/debian.list", "mirror+file:/etc/apt/mirrors/debian.list")]
    public void The_hosts_mirrors_of_Debian_are_tried_and_no_others(string targets, string expected)
    {
        using var host = new FakeHost().With("apt-get", $"/bin/cat <<'END'\n{targets}\nEND");

        string.Join(' ', new DebianMirrors(null, host.Runner).Candidates()).Should().Be(expected);
    }

    [Fact]
    public void A_host_without_apt_has_no_mirrors()
    {
        using var host = new FakeHost();

        new DebianMirrors(null, host.Runner).Candidates().Should().BeEmpty();
    }

    [Fact]
    public void The_mirror_that_the_user_names_is_the_only_one()
    {
        using var host = new FakeHost();

        new DebianMirrors("https://example.org/debian", host.Runner).Candidates().Should().Equal("https://example.org/debian");
    }
}
