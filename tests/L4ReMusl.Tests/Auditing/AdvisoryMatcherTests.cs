using System.Text.Json;
using L4ReMusl.Auditing;

namespace L4ReMusl.Tests.Auditing;

/// <summary>Which versions an advisory affects, by the rules of the OSV format.</summary>
public sealed class AdvisoryMatcherTests
{
    static readonly ShippedThing Musl = Thing("1.2.5");

    [Theory]
    [InlineData("""[{"introduced": "0"}, {"fixed": "1.2.6"}]""", true)]
    [InlineData("""[{"introduced": "0"}, {"fixed": "1.2.5"}]""", false)]
    [InlineData("""[{"fixed": "1.2.5-r9"}, {"introduced": "0"}]""", true)]
    [InlineData("""[{"introduced": "0"}, {"last_affected": "1.2.5"}]""", true)]
    [InlineData("""[{"introduced": "0"}, {"last_affected": "1.2.4"}]""", false)]
    [InlineData("""[{"introduced": "1.2.5"}]""", true)]
    [InlineData("""[{"introduced": "1.2.6"}]""", false)]
    [InlineData("""[{"introduced": "0"}, {"fixed": "1.1.0"}, {"introduced": "1.2.0"}, {"fixed": "1.2.9"}]""", true)]
    [InlineData("""[{"introduced": "1.2.0"}, {"fixed": "1.2.2"}, {"introduced": "1.0.0"}, {"fixed": "1.1.0"}]""", false)]
    [InlineData("""[{"introduced": "0"}, {"limit": "1.2.0"}]""", false)]
    [InlineData("""[{"introduced": "0"}, {"limit": "*"}]""", true)]
    [InlineData("""[{"introduced": "0"}, {"fixed": "no version"}]""", true)]
    public void Events_of_a_range(string events, bool isAffected) =>
        IsAffected(Package("Alpine:v3.21", "musl", events)).Should().Be(isAffected);

    [Theory]
    [InlineData("Alpine:v3.21", "musl", true)]
    [InlineData("Alpine", "musl", true)]
    [InlineData("Alpine:v3.21", "musl-utils", false)]
    [InlineData("Debian:12", "musl", false)]
    [InlineData("npm", "musl", false)]
    public void Packages_by_ecosystem_and_name(string ecosystem, string name, bool isAffected) =>
        IsAffected(Package(ecosystem, name, """[{"introduced": "0"}]""")).Should().Be(isAffected);

    [Theory]
    [InlineData("https://git.musl-libc.org/git/musl", "v1.2.5", true)]
    [InlineData("git://git.musl-libc.org/musl.git", "1.2.5", true)]
    [InlineData("https://git.musl-libc.org/cgit/musl/", "musl-1.2.5", true)]
    [InlineData("https://git.musl-libc.org/git/musl", "v1.2.4", false)]
    [InlineData("https://example.org/git/musl", "v1.2.5", false)]
    [InlineData("https://git.musl-libc.org/git/musl-other", "v1.2.5", false)]
    public void Versions_of_a_repository(string repository, string version, bool isAffected) =>
        IsAffected($$"""
            {"ranges": [{"type": "GIT", "repo": "{{repository}}", "events": [{"introduced": "0"}]}], "versions": ["{{version}}"]}
            """).Should().Be(isAffected);

    [Fact]
    public void Commits_without_a_list_of_versions_cannot_be_evaluated_and_so_count() =>
        IsAffected("""
            {"ranges": [{"type": "GIT", "repo": "https://git.musl-libc.org/git/musl", "events": [{"introduced": "0"}]}]}
            """).Should().BeTrue();

    [Fact]
    public void A_listed_version_counts_though_no_range_has_it() =>
        IsAffected(Package("Alpine", "musl", """[{"introduced": "9"}]""", """, "versions": ["1.2.5-r0"]""")).Should().BeTrue();

    [Theory]
    [InlineData("pkg:generic/musl", "1.2.6", true)]
    [InlineData("pkg:generic/musl@1.2.5?os=linux", "1.2.6", true)]
    [InlineData("pkg:generic/musl", "1.2.5", false)]
    [InlineData("pkg:generic/musl-tools", "1.2.6", false)]
    public void Package_URLs_with_semantic_versions(string purl, string corrected, bool isAffected) =>
        IsAffected($$"""
            {"package": {"ecosystem": "Bitnami", "name": "x", "purl": "{{purl}}"},
             "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "{{corrected}}"}]}]}
            """).Should().Be(isAffected);

    [Theory]
    [InlineData("6.1.176-1", "6.1.177-1", true)]
    [InlineData("6.1.192-3", "6.1.177-1", false)]
    [InlineData("6.1.176-1", "6.1.176-1", false)]
    public void A_kernel_of_Debians(string version, string corrected, bool isAffected) =>
        AdvisoryMatcher.IsAffected(
            Read(Package("Debian:12", "linux", $$"""[{"introduced": "0"}, {"fixed": "{{corrected}}"}]""")),
            new ShippedThing("linux", version, ThingKind.Kernel, "pkg:deb/debian/linux-image-arm64")
            {
                Packages = [new PackageName("Debian:12", "linux")],
            })
        .Should().Be(isAffected);

    [Fact]
    public void What_was_withdrawn_does_not_count() =>
        AdvisoryMatcher.IsAffected(Read(
            """{"package": {"ecosystem": "Alpine", "name": "musl"}}""", """, "withdrawn": "2026-01-01T00:00:00Z" """), Musl)
            .Should().BeFalse();

    internal static ShippedThing Thing(string version) => new("musl", version, ThingKind.Library, $"pkg:generic/musl@{version}")
    {
        Packages = [new PackageName("Alpine", "musl")],
        Repositories = ["https://git.musl-libc.org/git/musl"],
    };

    static string Package(string ecosystem, string name, string events, string more = "") => $$"""
        {"package": {"ecosystem": "{{ecosystem}}", "name": "{{name}}"},
         "ranges": [{"type": "ECOSYSTEM", "events": {{events}} }]{{more}} }
        """;

    static bool IsAffected(string affected) => AdvisoryMatcher.IsAffected(Read(affected), Musl);

    static Advisory Read(string affected, string more = "")
    {
        using var json = JsonDocument.Parse($$"""
            {"id": "CVE-1", "modified": "2026-01-01T00:00:00Z", "affected": [{{affected}}]{{more}} }
            """);
        return new AdvisoryReader("test").Read(json.RootElement);
    }
}
