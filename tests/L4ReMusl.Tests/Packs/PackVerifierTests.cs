using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.Packs;
using L4ReMusl.Sboms;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Packs;

/// <summary>The check of a pack, with real signatures.</summary>
public sealed class PackVerifierTests : IDisposable
{
    const string Archive = "l4re-musl-1.0.0-prefix-arm64.tar.gz";

    static readonly PackSignature Signature = new(Tools.OfHost);

    readonly TempFolder temp = new();

    public PackVerifierTests()
    {
        temp.Write($"pack/{Archive}", "an archive");
        temp.Write("pack/musl-1.2.5.tar.gz", "sources");
        Describe();
    }

    string Pack => temp["pack"];

    [Fact]
    public void A_pack_as_it_was_made_passes()
    {
        Verify().Should().Equal(new Figure("files", "3 intact"), new Figure("signature", "none"));
        Tools.OfHost.Run(new ToolInvocation("sha256sum", "--check", "--strict", "SHA256SUMS") { WorkingDirectory = Pack })
            .Succeeded.Should().BeTrue("others have no build.sh");
    }

    [Fact]
    public void Every_problem_with_the_files_is_named()
    {
        temp.Write($"pack/{Archive}", "an archivf");
        File.Delete(temp["pack", "musl-1.2.5.tar.gz"]);
        temp.Write("pack/extra.sh", "");

        Fault().Should().Contain($"{Archive} was changed: its SHA-256 is ").And.Contain("musl-1.2.5.tar.gz is missing")
            .And.Contain("extra.sh is in the folder, but not in SHA256SUMS");
    }

    [Fact]
    public void A_link_does_not_stand_for_a_file()
    {
        File.Move(temp["pack", Archive], temp["elsewhere"]);
        File.CreateSymbolicLink(temp["pack", Archive], temp["elsewhere"]);

        Fault().Should().Contain($"{Archive} is missing");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("folder/file")]
    [InlineData(".hidden")]
    public void A_list_that_leads_out_of_the_folder_is_refused(string name)
    {
        File.AppendAllText(temp["pack", "SHA256SUMS"], $"{new string('0', 64)}  {name}\n");

        Fault().Should().Be("SHA256SUMS, line 4: must be a SHA-256, two spaces, and the name of a file.");
    }

    [Fact]
    public void The_statement_must_be_about_the_files_of_the_pack()
    {
        temp.Write("pack/another.tar.gz", "");
        Sum();

        Fault().Should().Contain("another.tar.gz is not what provenance.intoto.json is about");

        File.Delete(temp["pack", "another.tar.gz"]);
        File.Delete(temp["pack", Archive]);
        Sum();

        Fault().Should().Contain($"{Archive}, which provenance.intoto.json is about, is not in the pack");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("""{ "predicateType": 1 }""")]
    [InlineData("""{ "predicateType": "https://slsa.dev/provenance/v1", "subject": [1] }""")]
    [InlineData("""{ "predicateType": "https://example.org", "subject": [] }""")]
    public void What_is_no_statement_is_an_error_and_no_crash(string text)
    {
        temp.Write("pack/provenance.intoto.json", text);
        Sum();

        Fault().Should().Contain("provenance.intoto.json is not a statement of provenance: ");
    }

    [Fact]
    public void A_folder_without_sums_is_no_pack()
    {
        File.Delete(temp["pack", "SHA256SUMS"]);

        Fault().Should().Be($"'{Pack}' is not a pack: it has no SHA256SUMS.");
    }

    [Fact]
    public void A_signature_by_somebody_who_may_sign_passes_and_names_them()
    {
        var key = NewKey("release");
        Signature.Sign(Pack, new SshKey("the key", key, null));

        Verify(Allow("release@example.org", key))[1].Value.Should().Be("by release@example.org");
        Verify()[1].Value.Should().MatchRegex("^by the key SHA256:[A-Za-z0-9+/]{43}, whoever's it is");
    }

    [Fact]
    public void The_text_of_a_key_signs_as_its_file_does()
    {
        var key = NewKey("release");
        Signature.Sign(Pack, new SshKey("the key", key, null));
        var first = File.ReadAllText(temp["pack", PackSignature.FileName]);
        File.Delete(temp["pack", PackSignature.FileName]);

        var text = new SshKey("the variable", null, File.ReadAllText(key).TrimEnd());
        Signature.Sign(Pack, text);

        File.ReadAllText(temp["pack", PackSignature.FileName]).Should().Be(first);
        Signature.PublicKeyOf(text).Should().StartWith("ssh-ed25519 ");
        text.ToString().Should().Be("the variable");
    }

    [Fact]
    public void A_foreign_signature_is_refused()
    {
        var signers = Allow("release@example.org", NewKey("release"));
        Signature.Sign(Pack, new SshKey("the key", NewKey("foreign"), null));

        Fault(signers).Should().Be($"SHA256SUMS.sig is not by anybody whom '{signers}' lists.");
    }

    [Fact]
    public void A_signature_of_other_sums_is_refused()
    {
        var key = NewKey("release");
        Signature.Sign(Pack, new SshKey("the key", key, null));
        temp.Write($"pack/{Archive}", "another archive");
        Describe();

        Fault(Allow("release@example.org", key)).Should().StartWith("SHA256SUMS.sig is not a signature of SHA256SUMS by release");
        Fault().Should().StartWith("SHA256SUMS.sig is not a signature of SHA256SUMS: ");
    }

    [Fact]
    public void A_signature_that_was_made_for_something_else_is_refused()
    {
        var key = NewKey("release");
        Tools.OfHost.Run(new ToolInvocation("ssh-keygen", "-Y", "sign", "-f", key, "-n", "file", temp["pack", "SHA256SUMS"]))
            .OrThrow("sign");

        Fault(Allow("release@example.org", key)).Should().StartWith("SHA256SUMS.sig is not a signature of SHA256SUMS by release");
    }

    [Fact]
    public void Without_a_signature_a_pack_is_refused_if_signers_are_named() =>
        Fault(Allow("release@example.org", NewKey("release"))).Should().EndWith("is not signed: it has no SHA256SUMS.sig.");

    [Fact]
    public void What_is_no_key_or_has_a_passphrase_is_an_error_that_says_how_to_make_one()
    {
        var locked = temp["locked"];
        MakeKey(locked, "secret");

        foreach (var file in (string[])[temp.Write("none", "no key"), locked])
        {
            var use = () => Signature.PublicKeyOf(new SshKey($"The key '{file}'", file, null));

            use.Should().Throw<BuildException>().WithMessage(
                $"The key '{file}' is not a private key of SSH without a passphrase. Make one with: ssh-keygen *");
        }
    }

    public void Dispose() => temp.Dispose();

    IReadOnlyList<Figure> Verify(string? signers = null) => new PackVerifier(Signature).Verify(Pack, signers);

    string Fault(string? signers = null) =>
        FluentActions.Invoking(() => Verify(signers)).Should().Throw<BuildException>().Which.Message;

    void Describe()
    {
        var facts = new Provenance(
            new Dictionary<string, string> { ["architectures"] = "arm64" },
            new Dictionary<string, string>(),
            [new Dependency("musl 1.2.5", "https://example.org/musl")],
            new Dictionary<string, string>());
        File.Delete(temp["pack", Provenance.FileName]);
        File.WriteAllText(temp["pack", Provenance.FileName], facts.Describe(Files()));
        Sum();
    }

    void Sum() => File.WriteAllText(temp["pack", "SHA256SUMS"], Sha256Sums.Of(Files()));

    IEnumerable<ProductFile> Files() => Directory.GetFiles(Pack).Order(StringComparer.Ordinal)
        .Where(file => !Path.GetFileName(file).StartsWith("SHA256SUMS", StringComparison.Ordinal)).Select(ProductFile.Of);

    string NewKey(string name)
    {
        MakeKey(temp[name], "");
        return temp[name];
    }

    static void MakeKey(string file, string passphrase) => Tools.OfHost
        .Run(new ToolInvocation("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "", "-f", file))
        .OrThrow("make a key");

    string Allow(string signer, string key) =>
        temp.Write("allowed_signers", $"{signer} namespaces=\"{PackSignature.Namespace},file\" {File.ReadAllText(key + ".pub")}");
}
