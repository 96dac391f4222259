using L4ReMusl.Foundation.Files;
using L4ReMusl.Patching;
using L4ReMusl.Settings;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The audit finds a known vulnerability that comes back, and a new one.</summary>
public sealed class AuditTests : IDisposable
{
    const string EucKr = "CVE-2025-26519";

    readonly RepositoryCopy copy = new();

    [Fact]
    public void It_passes_and_shows_the_status_of_each_advisory()
    {
        var text = Succeed("Audit");

        foreach (var cve in PatchSeries.Read(copy.Layout.MuslPatches(SettingsParser.DefaultMuslVersion)).Cves)
            text.Should().MatchRegex($@"(?m)^{cve} +musl 1\.2\.5 +fixed +fixed by ");
        text.Should().MatchRegex(@"(?m)^CVE-2023-4039 +gcc [0-9.]+ +not affected ").And.NotContain(" open ");
        Directory.Exists(copy.Layout.Output).Should().BeFalse("it only looks");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Without_any_of_the_patches_of_a_vulnerability_it_fails_and_names_it(int index)
    {
        Remove(Patches(EucKr)[index]);

        Fail("Audit").Should().Contain($"{EucKr} in musl 1.2.5 (iconv writes out of bounds").And
            .Contain("none whose header names the commit");
    }

    [Fact]
    public void Without_all_of_them_it_says_what_to_do()
    {
        foreach (var patch in Patches(EucKr))
            Remove(patch);

        Fail("Audit").Should().Contain($"{EucKr} in musl 1.2.5").And.Contain($"add a patch whose header says 'CVE: {EucKr}'");
    }

    [Fact]
    public void New_data_in_a_folder_reveals_the_next_vulnerability()
    {
        Directory.CreateDirectory(copy["data", "osv"]);
        FileTree.Copy(copy.Layout.Advisories, copy["data", "osv", "known"]);
        File.WriteAllText(copy["data", "osv", "new.json"], NewHole);

        Fail("Audit", "--advisories", copy["data", "osv"]).Should()
            .Contain("1 advisory is open").And
            .Contain(
                "CVE-2099-1 in musl 1.2.5 (printf prints too much): take a version that has the fix (1.2.7-r0 (Alpine:v3.99)");
    }

    [Fact]
    public void A_hole_may_stay_for_a_time_with_a_reason_and_no_longer()
    {
        File.WriteAllText(copy["new.json"], NewHole);
        Assess(Waiver("2099-12-31"));
        Succeed("Audit", "--advisories", copy["new.json"]).Should()
            .MatchRegex(@"(?m)^CVE-2099-1 +musl 1\.2\.5 +waived +until 2099-12-31: nobody prints here");

        Assess(Waiver("2020-01-31"));
        Fail("Audit", "--advisories", copy["new.json"]).Should()
            .Contain("its waiver ended on 2020-01-31 (nobody prints here); print less.");
    }

    [Theory]
    [InlineData("{\"id\": \"CVE-", "is not an advisory in OSV's format")]
    [InlineData("{\"name\": \"not OSV\"}", "'id' must be a short text")]
    [InlineData("PK\u0003\u0004", "is not a complete zip archive")]
    [InlineData("", "is empty")]
    public void Broken_data_is_one_sentence(string content, string told)
    {
        File.WriteAllText(copy["bad.json"], content);

        var text = Fail("Audit", "--advisories", copy["bad.json"]);

        text.Should().Contain("bad.json").And.Contain(told);
        text.Split('\n').Count(line => line.Contains("bad.json", StringComparison.Ordinal)).Should()
            .BeLessThanOrEqualTo(2, "the summary repeats it");
    }

    [Fact]
    public void A_missing_place_is_named() =>
        Fail("Audit", "--advisories", copy["nowhere"]).Should()
            .Contain("nowhere'. Valid: files and folders that exist, with advisories in OSV's format.");

    [Fact]
    public void A_new_advisory_rebuilds_the_documents_and_nothing_else()
    {
        copy.WithOutput();
        File.WriteAllText(Path.Combine(copy.Layout.Advisories, "new.json"), NewHole);

        var text = Succeed(["LsbRoot", "--offline", "--architectures", .. RepositoryCopy.Architectures]);

        foreach (var stage in RepositoryCopy.Stages)
        {
            var isRebuilt = stage.StartsWith("sbom-", StringComparison.Ordinal);
            text.Should().MatchRegex($"{stage}: {(isRebuilt ? "(made|from the cache)" : "up to date")}, ");
        }

        var prefix = copy.Layout.Prefix(Artefacts.Named(RepositoryCopy.Architectures[0]));
        File.ReadAllText(Path.Combine(prefix, "share/l4re-musl/sbom/vex.openvex.json")).Should()
            .Contain("CVE-2099-1").And.Contain("\"status\": \"affected\"");
    }

    public void Dispose() => copy.Dispose();

    const string NewHole = """
        {"id": "CVE-2099-1", "modified": "2026-11-29T00:00:00Z", "summary": "printf prints too much", "affected": [{
          "package": {"ecosystem": "Alpine:v3.99", "name": "musl"},
          "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2.7-r0"}]}]}]}
        """;

    static string Waiver(string until) => $$"""
        {
          "advisory": "CVE-2099-1", "thing": "musl", "versions": ["1.2.5"], "status": "affected", "statement": "print less",
          "waiver": { "until": "{{until}}", "reason": "nobody prints here" }
        }
        """;

    void Assess(string assessment) => File.WriteAllText(copy.Layout.Assessments, $$"""{"assessments": [{{assessment}}]}""");

    IReadOnlyList<Patch> Patches(string cve)
    {
        var series = PatchSeries.Read(copy.Layout.MuslPatches(SettingsParser.DefaultMuslVersion));
        return [.. series.Patches.Where(patch => patch.Cves.Contains(cve))];
    }

    static void Remove(Patch patch)
    {
        var series = Path.Combine(Path.GetDirectoryName(patch.Path)!, PatchSeries.FileName);
        File.WriteAllLines(series, File.ReadAllLines(series).Where(line => line.Trim() != patch.FileName));
        File.Delete(patch.Path);
    }

    string Succeed(params string[] arguments)
    {
        var result = copy.Program.Run(arguments);
        result.Succeeded.Should().BeTrue(BuildProgram.Text(result));
        return BuildProgram.Text(result);
    }

    string Fail(params string[] arguments)
    {
        var result = copy.Program.Run(arguments);
        var text = BuildProgram.Text(result);
        result.ExitCode.Should().NotBe(0, text);
        text.Should().NotContain("   at ", "no user reads a stack trace");
        return text;
    }
}
