using System.Text;
using ICSharpCode.SharpZipLib.Zip;
using L4ReMusl.Auditing;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Auditing;

/// <summary>Advisories are read from files that others wrote.</summary>
public sealed class AdvisoryFilesTests : IDisposable
{
    readonly TempFolder temp = new();

    [Fact]
    public void They_are_read_one_by_one_in_lists_in_dumps_and_from_folders()
    {
        temp.Write("all/one.json", Json("CVE-1"));
        temp.Write("all/deeper/list.json", $"\uFEFF[{Json("CVE-2")}, {Json("CVE-3")}]");
        temp.Write("all/README.md", "not an advisory");
        Zip("all/dump.zip", ("GIT/CVE-4.json", Json("CVE-4")), ("CVE-5.json", Json("CVE-5")), ("index.html", "<p>"));

        Read("all").Should().BeEquivalentTo("CVE-1", "CVE-2", "CVE-3", "CVE-4", "CVE-5");
        Read("all/one.json", "all/dump.zip").Should().Equal("CVE-1", "CVE-4", "CVE-5");
    }

    [Theory]
    [InlineData("{", "is not an advisory in OSV's format")]
    [InlineData("{}", "'id' must be a short text")]
    [InlineData("[1]", "it must be an object, or a list of objects")]
    [InlineData("null", "it must be an object")]
    [InlineData("""{"id": "X-1"}""", "'modified' must be a time")]
    [InlineData("""{"id": "X-1", "modified": "yesterday"}""", "'modified' must be a time")]
    [InlineData("""{"id": 7, "modified": "2026-01-01T00:00:00Z"}""", "'id' must be a text")]
    [InlineData("""{"id": "X-1", "modified": "2026-01-01T00:00:00Z", "affected": {}}""", "'affected' must be a list")]
    [InlineData("""{"id": "X-1", "modified": "2026-01-01T00:00:00Z", "affected": [7]}""", "must be an object")]
    [InlineData("""{"id": "X-1", "modified": "2026-01-01T00:00:00Z", "aliases": [7]}""", "'aliases' must be a list of texts")]
    [InlineData(
        """{"id": "X-1", "modified": "2026-01-01", "affected": [{"ranges": [{"type": "NEW"}]}]}""",
        "SEMVER or ECOSYSTEM")]
    [InlineData(
        """{"id": "X-1", "modified": "2026-01-01", "affected": [{"ranges": [{"type": "GIT", "events": [{"new": "1"}]}]}]}""",
        "an event of a range")]
    [InlineData("<html>", "is not an advisory in OSV's format")]
    [InlineData("", "is empty")]
    [InlineData("PK but no archive", "is not a complete zip archive")]
    public void What_is_not_in_the_format_is_named(string content, string told)
    {
        temp.Write("bad.json", content);

        Reading("bad.json").Should().Throw<BuildException>().WithMessage($"*bad.json*{told}*");
    }

    [Fact]
    public void What_is_nested_too_deep_is_refused()
    {
        temp.Write("deep.json", new string('[', 100_000));

        Reading("deep.json").Should().Throw<BuildException>().WithMessage("*deep.json is not an advisory*");
    }

    [Fact]
    public void What_a_small_archive_unpacks_to_has_a_limit()
    {
        Zip("bomb.zip", ("bomb.json", new string(' ', 80 << 20)));
        new FileInfo(temp["bomb.zip"]).Length.Should().BeLessThan(1 << 20);

        Reading("bomb.zip").Should().Throw<BuildException>()
            .WithMessage("bomb.json in *bomb.zip cannot be unpacked: it unpacks to more than*");
    }

    [Fact]
    public void A_file_in_an_archive_is_named_without_what_a_terminal_obeys()
    {
        Zip("odd.zip", ("a\u001b[2J.json", "{"));

        Reading("odd.zip").Should().Throw<BuildException>()
            .Which.Message.Should().Contain("(a[2J.json)").And.NotContain("\u001b");
    }

    [Fact]
    public void A_damaged_archive_is_named()
    {
        Zip("cut.zip", ("CVE-1.json", Json("CVE-1")));
        File.WriteAllBytes(temp["cut.zip"], File.ReadAllBytes(temp["cut.zip"])[..^30]);

        Reading("cut.zip").Should().Throw<BuildException>().WithMessage("*cut.zip is not a complete zip archive*");
    }

    [Fact]
    public void A_place_without_advisories_is_an_error_and_not_a_clean_bill()
    {
        Directory.CreateDirectory(temp["empty"]);

        Reading("empty").Should().Throw<BuildException>().WithMessage("*empty' has no file *.json or *.zip in it*");
        Reading("nowhere").Should().Throw<BuildException>().WithMessage("*no file or folder has this name*");
    }

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        Tools.OfHost.Run(new("mkfifo", temp["pipe.json"])).OrThrow("make a pipe");

        Reading("pipe.json").Should().Throw<BuildException>().WithMessage("*not a regular file*");
    }

    public void Dispose() => temp.Dispose();

    static string Json(string id) =>
        $$"""{"id": "{{id}}", "modified": "2026-01-01T00:00:00Z", "new_field": {"of": "the format"} }""";

    IEnumerable<string> Read(params string[] places) =>
        AdvisoryFiles.Read(places.Select(place => temp[place])).Select(advisory => advisory.Id);

    Action Reading(string place) => () => _ = Read(place).Count();

    void Zip(string path, params (string Name, string Content)[] files)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(temp[path])!);
        using var zip = new ZipOutputStream(File.Create(temp[path]));
        foreach (var (name, content) in files)
        {
            zip.PutNextEntry(new ZipEntry(name));
            zip.Write(Encoding.UTF8.GetBytes(content));
        }
    }
}
